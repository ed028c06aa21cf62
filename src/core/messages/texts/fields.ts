import { messages } from '../entry.ts';

/** The fields of a record that are wrong. */
export const fieldsMessages = messages({
  'fields.whole': { en: '✖ {problem}', zh: '✖ {problem}' },
  'fields.one': { en: '✖ {problem}\n  → at {path}', zh: '✖ {problem}\n  → 位于 {path}' },
  'fields.and': { en: '{first}\n{rest}', zh: '{first}\n{rest}' },
  'fields.not-digest': { en: 'not a SHA-256 digest', zh: '不是 SHA-256 摘要' },
});
