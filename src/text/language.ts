import type { Language } from '../core/language.ts';

const han = /\p{Script=Han}/gu;
const latin = /\p{Script=Latin}+/gu;

/**
 * English or Chinese by script: a Chinese text is mostly Han characters once each Latin word counts as one.
 * `und` when neither script is there. Cheap enough for every request; mixed text goes to its larger share.
 */
export function detectLanguage(text: string): Language {
  const sample = text.length > 20_000 ? text.slice(0, 20_000) : text;
  const hanCount = sample.match(han)?.length ?? 0;
  const latinWords = sample.match(latin)?.length ?? 0;
  if (hanCount === 0 && latinWords === 0) return 'und';
  return hanCount >= latinWords ? 'zh' : 'en';
}
