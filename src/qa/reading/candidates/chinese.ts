import { isHan, type Token } from '../../text/token.ts';
import type { Candidate } from './candidate.ts';

/** Most words in one run: longer answers are clauses. */
const longest = 7;

/** Transliterated names (卡万·肖特, 布鲁黑文), Latin names, and a name with its Latin form in brackets. */
export function chineseNames(text: string, words: readonly Token[], offset: number): Candidate[] {
  const found: Candidate[] = [];
  const push = (start: number, end: number): void => {
    found.push({ kind: 'name', start, end });
    const bracket = bracketAfter(text, end - offset);
    if (bracket > 0) found.push({ kind: 'name', start, end: end + bracket });
  };
  for (let i = 0; i < words.length; i += 1) {
    const to = nameFrom(text, words, i, offset);
    const first = words[i];
    const last = words[to];
    if (to <= i || first === undefined || last === undefined) continue;
    push(first.start, last.end);
    i = to;
  }
  for (const match of text.matchAll(
    /\p{Lu}[\p{L}\d.'’&-]*(?: (?:of |the |de |and |for )*[\p{Lu}\d][\p{L}\d.'’&-]*)*/gu,
  )) {
    push(offset + match.index, offset + match.index + match[0].length);
  }
  return found;
}

/**
 * Index of the last word of a name that begins at word `i`, or `i` when none does. No dictionary has these names,
 * so segmentation leaves them as single letters, with a word here and there around the dot.
 */
function nameFrom(text: string, words: readonly Token[], i: number, offset: number): number {
  let last = i;
  let dots = 0;
  for (let k = i; k < words.length; k += 1) {
    const word = words[k];
    const next = words[k + 1];
    if (word === undefined || !isHan(word.text)) break;
    if (word.stop && !afterDot(text, word, offset)) break;
    last = k;
    if (next === undefined) break;
    const between = text.slice(word.end - offset, next.start - offset);
    if (/^ ?[·•‧] ?$/.test(between)) {
      dots += 1;
      continue;
    }
    if (between !== '' || next.text.length > 1 || (word.text.length > 1 && !afterDot(text, word, offset)))
      break;
  }
  return dots > 0 || last > i ? last : i;
}

function afterDot(text: string, word: Token, offset: number): boolean {
  return /[·•‧] ?$/.test(text.slice(Math.max(0, word.start - offset - 2), word.start - offset));
}

/** Runs of words inside one clause that neither begin nor end with a function word. */
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
      found.push({ kind: 'chunk', start: first.start, end: last.end });
    }
  }
  return found;
}

function bracketAfter(text: string, end: number): number {
  return /^ ?[（(]\p{Lu}[^）)]{1,60}[）)]/u.exec(text.slice(end, end + 64))?.[0].length ?? 0;
}

function joined(text: string, a: Token | undefined, b: Token, offset: number): boolean {
  if (a === undefined) return false;
  return /^[ ·•‧\-–/.%]{0,2}$/u.test(text.slice(a.end - offset, b.start - offset));
}
