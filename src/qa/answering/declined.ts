import type { Language } from '../../core/language.ts';

/** What is said when the passages do not support an answer, in the asker's language. */
export function declinedText(language: Language): string {
  return language === 'zh' ? '文档中没有说明。' : 'The documents do not say.';
}
