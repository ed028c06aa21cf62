import { messages } from '../entry.ts';

/** Amounts: `1 document`, `1,203 documents`. */
export const unitMessages = messages({
  'unit.bytes': { en: ['{n} byte', '{n} bytes'], zh: '{n} 字节' },
  'unit.rows': { en: ['{n} row', '{n} rows'], zh: '{n} 行' },
  'unit.documents': { en: ['{n} document', '{n} documents'], zh: '{n} 篇文档' },
  'unit.passages': { en: ['{n} passage', '{n} passages'], zh: '{n} 个段落' },
  'unit.questions': { en: ['{n} question', '{n} questions'], zh: '{n} 个问题' },
  'unit.tokens': { en: ['{n} token', '{n} tokens'], zh: '{n} 个词元' },
  'unit.files': { en: ['{n} file', '{n} files'], zh: '{n} 个文件' },
  'unit.steps': { en: ['{n} step', '{n} steps'], zh: '{n} 个步骤' },
  'unit.requests': { en: ['{n} request', '{n} requests'], zh: '{n} 个请求' },
});
