import { messages } from '../entry.ts';

/** What is wrong with a file of an artifact. */
export const contractMessages = messages({
  'contract.unreadable': { en: '{where} cannot be read: {why}', zh: '无法读取 {where}：{why}' },
  'contract.no-file': { en: 'the file cannot be read', zh: '无法读取该文件' },
  'contract.not-json': { en: 'it is not JSON', zh: '它不是 JSON' },
  'contract.not-object': { en: 'it is not a JSON object', zh: '它不是 JSON 对象' },
  'contract.version': {
    en: 'its schema is {found}, and this Towpath knows {known}',
    zh: '它的格式版本为 {found}，而此 Towpath 认识的是 {known}',
  },
});
