import { messages } from '../entry.ts';

/** What every error may say. */
export const errorMessages = messages({
  // Words that are the same in every language: those of another program.
  'said.verbatim': { en: '{words}', zh: '{words}' },
  'where.step': { en: 'step {step}', zh: '步骤 {step}' },
  'where.source': { en: 'source {source}', zh: '来源 {source}' },
  'error.without-message': { en: 'an error without a message', zh: '没有说明的错误' },
});
