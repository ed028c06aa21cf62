import { detect } from 'tinyld';
import type { Language } from '../../core/language.ts';

const sampleSize = 4000;
const code = /```[\s\S]*?(?:```|$)|`[^`\n]*`|https?:\/\/\S+|(?<![\w.+-])[\w.+-]+@[\w.-]+/g;
const english = new Set(
  'the of and to a in is it you that he was for on are with as i his they be at one have this from or had by but not what all were we when your can said there use an each which she do how their if will up other about out many then them these so some her would make like him into time has look two more go see no way could people my than been its now did get may'.split(
    ' ',
  ),
);
const scripts: readonly (readonly [string, RegExp])[] = [
  ['ja', /[\u3040-\u30ff]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
];

export interface DocumentLanguage {
  /** What the document counts as. */
  readonly language: Language;
  /** Its own language where that is another one, as an ISO 639-1 code: `fr`. */
  readonly other?: string;
}

/**
 * The language of a document: by script first; Latin letters are English when English function words are among them,
 * and otherwise what their letter sequences say. Code, URLs and addresses do not count.
 */
export function documentLanguage(text: string): DocumentLanguage {
  const sample = text
    .slice(0, sampleSize * 2)
    .replace(code, ' ')
    .slice(0, sampleSize);
  const words = sample.match(/[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’]*/g) ?? [];
  // Counting scripts costs more than all else here, and most English texts hold Latin letters only.
  if (words.length > 0 && !/[^\x00-\u024f\u2000-\u2bff]/.test(sample)) return latinLanguage(sample, words);
  const han = count(sample, /\p{Script=Han}/gu);
  const [script, letters] = scripts
    .map(([name, pattern]) => [name, count(sample, pattern)] as const)
    .reduce((best, each) => (each[1] > best[1] ? each : best));
  // Kana among Han is Japanese even where Han are more; the other scripts must lead.
  if (
    letters > 0 &&
    (script === 'ja' ? letters * 8 > han && letters > words.length : letters > han + words.length * 3)
  )
    return { language: 'und', other: scriptLanguage(script, sample) };
  if (han === 0 && words.length === 0) return { language: 'und' };
  if (han >= words.length) return { language: 'zh' };
  return latinLanguage(sample, words);
}

function latinLanguage(sample: string, words: readonly string[]): DocumentLanguage {
  const known = words.filter((word) => english.has(word.toLowerCase())).length;
  if (known >= words.length * 0.2) return { language: 'en' };
  const guess = detect(sample);
  if (guess === 'zh') return { language: 'zh' };
  if (guess === 'en' || guess === '' || words.length < 8) return { language: 'en' };
  // Lists of names and commands hold few function words and mislead; running text of another language holds its accents
  // or its own small words, which leaves next to no English ones.
  return known >= words.length * 0.1 ? { language: 'en' } : { language: 'und', other: guess };
}

function scriptLanguage(script: string, sample: string): string {
  return script === 'ru' || script === 'ar' || script === 'hi' ? detect(sample) || script : script;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
