import { messages } from '../entry.ts';

/** What a running service answers to `towpath ask` in place of an answer. */
export const askedMessages = messages({
  'asked.said': { en: '{words}', zh: '服务报告：{words}' },
  'asked.long': { en: '{words}', zh: '问题过长：{words}' },
  'asked.empty': { en: '{words}', zh: '问题为空：{words}' },
  'asked.not-searched': { en: '{words}', zh: '无法检索索引：{words}' },
  'asked.busy': { en: '{words}', zh: '服务繁忙：{words}' },
  'asked.deadline': { en: '{words}', zh: '超过时限：{words}' },
  'asked.not-ready': { en: '{words}', zh: '还没有上线的发布：{words}' },
  'asked.no-replica': { en: '{words}', zh: '副本无法应答：{words}' },
});
