import type { Words } from '../../core/messages/message.ts';
import type { EvaluationReport } from '../../contract/evaluation-report.ts';

/** The questions that a figure is about, in a word: `en`, or all of them. */
export function scopeName(language: string | undefined, words: Words): string {
  return language ?? words('report.all');
}

const scopes = { en: 'report.english', zh: 'report.chinese', und: 'report.other-languages' } as const;

/** The questions that a figure is about, as a heading. */
export function scopeTitle(
  language: EvaluationReport['languages'][number] | undefined,
  words: Words,
): string {
  return words(language === undefined ? 'report.all-questions' : scopes[language]);
}
