import type { Words } from '../../core/messages/message.ts';
import type { EvaluationReport } from '../report.ts';

/** A figure for people: shares with three decimals (`0.950`), latencies as `840 ms` or `3.2 s`. */
export function formatFigure(value: number | null, unit: 'share' | 'ms', signed = false): string {
  if (value === null || !Number.isFinite(value)) return '–';
  const sign = value < 0 ? '−' : signed ? '+' : '';
  const size = Math.abs(value);
  if (unit === 'share') {
    const text = size.toFixed(3);
    return `${Number(text) === 0 && signed ? '±' : sign}${text}`;
  }
  return `${sign}${size >= 9995 ? `${(size / 1000).toFixed(1)} s` : `${size < 10 ? size.toFixed(1) : size.toFixed(0)} ms`}`;
}

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
