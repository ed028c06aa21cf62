import { detectLanguage } from '../../../text/language.ts';
import type { ReadUnit } from '../page.ts';
import { byPattern } from './by-pattern.ts';
import type { Candidate } from './candidate.ts';
import { chineseNames, runs } from './chinese.ts';
import { clauses } from './clauses.ts';
import { chunks, names } from './english.ts';
import { uncut } from './whole.ts';

/** Every candidate of a unit once, none that cuts a thing in two; where several kinds claim the same piece, the most telling kind keeps it. */
export function candidatesOf(unit: ReadUnit): Candidate[] {
  const language = detectLanguage(unit.text) === 'zh' ? 'zh' : 'en';
  const { text, start, tokens } = unit;
  const all = [
    ...byPattern(text, start, language),
    ...(language === 'zh' ? chineseNames(text, tokens, start) : names(text, tokens, start)),
    ...(language === 'zh' ? runs(text, tokens, start) : chunks(text, tokens, start)),
    ...clauses(text, start),
  ];
  const once = new Map<string, Candidate>();
  for (const candidate of all) {
    const key = `${candidate.start}:${candidate.end}`;
    if (!once.has(key)) once.set(key, candidate);
  }
  return uncut([...once.values()], text, start);
}
