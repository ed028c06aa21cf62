import { errorCodes } from '../code.ts';

export const appCodes = errorCodes({
  TOW_APP_INTERNAL: {
    kind: 'fault',
    http: 500,
    meaning: {
      en: 'Towpath met a situation it was not written for.',
      zh: 'Towpath 遇到了程序未曾预料的情况。',
    },
    remedy: {
      en: 'Report it with the text of the error and the run’s log; `towpath doctor` collects the versions.',
      zh: '请附上错误文本和运行日志反馈问题；`towpath doctor` 会列出各版本信息。',
    },
  },
});
