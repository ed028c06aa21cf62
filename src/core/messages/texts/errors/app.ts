import { errorTexts } from '../../error-texts.ts';

export const appErrorTexts = errorTexts({
  TOW_APP_INTERNAL: {
    meaning: {
      en: 'Towpath met a situation it was not written for.',
      zh: 'Towpath 遇到了程序未曾预料的情况。',
    },
    remedy: {
      en: 'Report it with the text of the error and the run’s log; `towpath doctor` collects the versions.',
      zh: '请附上错误文本和运行日志反馈问题；`towpath doctor` 会列出各版本信息。',
    },
  },
  TOW_APP_ALREADY_RUNNING: {
    meaning: {
      en: 'Another process serves this project already; one project is served by one process.',
      zh: '已有另一个进程在为此项目提供服务；一个项目同一时间只能由一个进程提供服务。',
    },
    remedy: {
      en: 'Use the running one, or stop it with Ctrl-C in its terminal first; `towpath status` shows it.',
      zh: '请直接使用正在运行的服务，或先在其终端按 Ctrl-C 停止它；`towpath status` 可查看其状态。',
    },
  },
  TOW_APP_NO_RELEASE: {
    meaning: {
      en: 'There is no release to serve or to show: no run has passed its gates yet.',
      zh: '没有可供服务或查看的发布：尚无任何运行通过门槛。',
    },
    remedy: {
      en: 'Run `towpath run`, or `towpath up` to run and serve.',
      zh: '请执行 `towpath run`，或执行 `towpath up` 运行流程并提供服务。',
    },
  },
  TOW_APP_NO_PAGE: {
    meaning: {
      en: 'There is no report or no curves to show: the run did not come so far, or its project file asks for none.',
      zh: '没有可显示的报告或曲线：运行尚未进行到那一步，或项目文件没有要求生成。',
    },
    remedy: {
      en: 'See how far the run came with `towpath run show`, or name another run or release.',
      zh: '用 `towpath run show` 查看运行进行到哪一步，或指定另一次运行或发布。',
    },
  },
  TOW_APP_NAME_UNKNOWN: {
    meaning: {
      en: 'A run, release, artifact or source was named that is not in the records, or the name fits several.',
      zh: '指定的运行、发布、产物或来源不在记录中，或者该名称同时匹配多个对象。',
    },
    remedy: {
      en: 'Use one of the names listed; `towpath runs` and `towpath releases` list all.',
      zh: '请使用列出的名称之一；`towpath runs` 和 `towpath releases` 可列出全部。',
    },
  },
});
