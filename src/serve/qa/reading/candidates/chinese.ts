import { isHan, type Token } from '../../text/token.ts';
import type { Candidate } from './candidate.ts';

/** Most words in one run: longer answers are clauses. */
const longest = 7;

/** Transliterated names (卡万·肖特), Latin names, and a name with its Latin form in brackets. */
export function chineseNames(text: string, offset: number): Candidate[] {
  const found: Candidate[] = [];
  const pattern =
    /[\p{Script=Han}]{1,8}(?:[·•‧][\p{Script=Han}A-Z.]{1,10})+|\p{Lu}[\p{L}.'’-]*(?: (?:of|the|de|and|\p{Lu}[\p{L}.'’-]*))* ?\p{L}*/gu;
  for (const match of text.matchAll(pattern)) {
    const trimmed = match[0].trim();
    found.push({ kind: 'name', start: offset + match.index, end: offset + match.index + trimmed.length });
  }
  return found;
}

/** Runs of words inside one clause that neither begin nor end with a function word, brackets after them included. */
export function runs(text: string, words: readonly Token[], offset: number): Candidate[] {
  const found: Candidate[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const first = words[i];
    if (first === undefined || first.stop) continue;
    for (let j = i; j < words.length && j < i + longest; j += 1) {
      const last = words[j];
      if (last === undefined) break;
      if (j > i && !joined(text, words[j - 1], last, offset)) break;
      if (last.stop) continue;
      const end = last.end - offset;
      found.push({ kind: 'chunk', start: first.start, end: last.end });
      const bracket = /^ ?[（(][^）)]{1,60}[）)]/u.exec(text.slice(end, end + 64));
      if (bracket !== null && isHan(last.text)) {
        found.push({ kind: 'name', start: first.start, end: last.end + bracket[0].length });
      }
    }
  }
  return found;
}

function joined(text: string, a: Token | undefined, b: Token, offset: number): boolean {
  if (a === undefined) return false;
  return /^[ ·•‧\-–/.%]{0,2}$/u.test(text.slice(a.end - offset, b.start - offset));
}
