import { errorTexts } from '../../error-texts.ts';

export const cliErrorTexts = errorTexts({
  TOW_CLI_USAGE: {
    meaning: {
      en: 'The command line names a command, argument or option that does not exist, or leaves one out.',
      zh: '命令行中的命令、参数或选项不存在，或缺少必需的部分。',
    },
    remedy: {
      en: 'See `towpath --help`, or `towpath <command> --help`.',
      zh: '请看 `towpath --help` 或 `towpath <命令> --help`。',
    },
  },
  TOW_CLI_NO_SERVICE: {
    meaning: {
      en: 'There is no running service to ask: none is recorded for the project, or the address does not answer.',
      zh: '没有可提问的服务：项目没有正在运行的服务，或该地址没有响应。',
    },
    remedy: {
      en: 'Start it in another terminal with `towpath up`, or name one with --url.',
      zh: '请在另一个终端用 `towpath up` 启动服务，或用 --url 指定一个。',
    },
  },
  TOW_CLI_ASK_REFUSED: {
    meaning: {
      en: 'The service answered the question with an error: too long, too busy, or not understood.',
      zh: '服务以错误回应了提问：问题过长、服务繁忙或请求无法理解。',
    },
    remedy: {
      en: 'Change the question as the message says, or try again later.',
      zh: '请按提示修改问题，或稍后再试。',
    },
  },
  TOW_CLI_ANSWER_BROKEN: {
    meaning: {
      en: 'The stream of an answer ended early or is not in the service’s format.',
      zh: '回答的数据流提前结束，或不符合服务的格式。',
    },
    remedy: {
      en: 'Ask again; if it happens again, look at `towpath status` and the output of `towpath up`.',
      zh: '请重新提问；如再次出现，请查看 `towpath status` 和 `towpath up` 的输出。',
    },
  },
});
