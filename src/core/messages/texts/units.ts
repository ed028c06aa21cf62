import { messages } from '../entry.ts';

/** Amounts: `1 document`, `1,203 documents`, `2 min 05 s`. */
export const unitMessages = messages({
  'unit.bytes': { en: ['{n} byte', '{n} bytes'], zh: '{n} 字节' },
  'unit.rows': { en: ['{n} row', '{n} rows'], zh: '{n} 行' },
  'unit.documents': { en: ['{n} document', '{n} documents'], zh: '{n} 篇文档' },
  'unit.passages': { en: ['{n} passage', '{n} passages'], zh: '{n} 个段落' },
  'unit.questions': { en: ['{n} question', '{n} questions'], zh: '{n} 个问题' },
  'unit.tokens': { en: ['{n} token', '{n} tokens'], zh: '{n} 个词元' },
  'unit.files': { en: ['{n} file', '{n} files'], zh: '{n} 个文件' },
  'unit.steps': { en: ['{n} step', '{n} steps'], zh: '{n} 个步骤' },
  'unit.training-steps': { en: ['{n} step', '{n} steps'], zh: '{n} 步' },
  'unit.requests': { en: ['{n} request', '{n} requests'], zh: '{n} 个请求' },
  'unit.artifacts': { en: ['{n} artifact', '{n} artifacts'], zh: '{n} 个产物' },
  'unit.results': { en: ['{n} result', '{n} results'], zh: '{n} 个结果' },
  'unit.promotions': { en: ['{n} promotion', '{n} promotions'], zh: '{n} 次上线' },
  'unit.problems': { en: ['{n} problem', '{n} problems'], zh: '{n} 处问题' },
  'unit.warnings': { en: ['{n} warning', '{n} warnings'], zh: '{n} 项警告' },
  'time.ms': { en: '{ms} ms', zh: '{ms} 毫秒' },
  'time.seconds': { en: '{seconds} s', zh: '{seconds} 秒' },
  'time.minutes': { en: '{minutes} min {seconds} s', zh: '{minutes} 分 {seconds} 秒' },
  'time.hours': { en: '{hours} h {minutes} min', zh: '{hours} 小时 {minutes} 分' },
});
