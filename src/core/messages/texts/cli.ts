import { messages } from '../entry.ts';

export const cliMessages = messages({
  'cli.lang': {
    en: 'language to speak: en or zh (default: that of LC_ALL, LC_MESSAGES or LANG)',
    zh: '使用的语言：en 或 zh（默认取自 LC_ALL、LC_MESSAGES 或 LANG）',
  },
  'error.word': { en: 'error', zh: '错误' },
  'error.at': { en: 'at {where}', zh: '位置：{where}' },
  'error.cause': { en: 'caused by:', zh: '起因：' },
  'error.causes': { en: '{cause}; {rest}', zh: '{cause}；{rest}' },
  'error.fix': { en: 'fix:', zh: '解决办法：' },
});
