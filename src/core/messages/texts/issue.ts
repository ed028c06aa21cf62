import { messages } from '../entry.ts';

/** What zod finds wrong with a value, in its own words. */
export const issueMessages = messages({
  'issue.type': {
    en: 'Invalid input: expected {expected}, received {found}',
    zh: '类型不符：应为 {expected}，实际为 {found}',
  },
  'issue.option': { en: 'Invalid option: expected one of {options}', zh: '取值无效：应为 {options} 之一' },
  'issue.key': { en: 'Unrecognized key: {keys}', zh: '无法识别的键：{keys}' },
  'issue.keys': { en: 'Unrecognized keys: {keys}', zh: '无法识别的键：{keys}' },
  'issue.long': {
    en: 'Too big: expected {what} to have {bound} characters',
    zh: '过长：{what} 的字符数应 {bound}',
  },
  'issue.short': {
    en: 'Too small: expected {what} to have {bound} characters',
    zh: '过短：{what} 的字符数应 {bound}',
  },
  'issue.big': { en: 'Too big: expected {what} to be {bound}', zh: '过大：{what} 应 {bound}' },
  'issue.small': { en: 'Too small: expected {what} to be {bound}', zh: '过小：{what} 应 {bound}' },
});
