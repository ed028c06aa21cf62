import type { Token } from '../../text/token.ts';
import { isLoose } from '../../text/loose-words.ts';
import type { Candidate } from './candidate.ts';

const linking = new Set([
  'of',
  'the',
  'de',
  'von',
  'van',
  'la',
  'le',
  'du',
  'and',
  'for',
  'in',
  "'s",
  'al',
  'bin',
]);

/** Runs of capitalised words, joined over "of the" and the like; the first word of a sentence counts if another follows. */
export function names(text: string, words: readonly Token[], offset: number): Candidate[] {
  const found: Candidate[] = [];
  let i = 0;
  while (i < words.length) {
    if (!capital(text, words[i], offset)) {
      i += 1;
      continue;
    }
    let last = i;
    let j = i + 1;
    while (j < words.length && adjacent(text, words[j - 1], words[j], offset)) {
      if (capital(text, words[j], offset)) last = j;
      else if (!linking.has(words[j]?.text ?? '') || j - last > 2) break;
      j += 1;
    }
    const first = words[i];
    if (first !== undefined && !(last === i && first.stop)) {
      const from = first.stop && last > i ? i + 1 : i;
      push(found, words, from, last, 'name');
      splitAtLinks(found, words, from, last);
    }
    i = last + 1;
  }
  return found;
}

/** "University of California and Stanford" is also two names. */
function splitAtLinks(found: Candidate[], words: readonly Token[], from: number, last: number): void {
  let start = from;
  for (let k = from; k <= last + 1; k += 1) {
    if (k <= last && words[k]?.text !== 'and' && words[k]?.text !== 'in') continue;
    if (k - 1 >= start && (start !== from || k <= last)) push(found, words, start, k - 1, 'name');
    start = k + 1;
  }
}

/** Runs of content words without punctuation: noun phrases, roughly, alone and joined over "of". */
export function chunks(text: string, words: readonly Token[], offset: number): Candidate[] {
  const runs: { from: number; to: number }[] = [];
  let from = -1;
  words.forEach((word, i) => {
    const joined = i > 0 && adjacent(text, words[i - 1], word, offset);
    if (from !== -1 && (word.stop || !joined)) {
      runs.push({ from, to: i - 1 });
      from = -1;
    }
    if (from === -1 && !word.stop) from = i;
  });
  if (from !== -1) runs.push({ from, to: words.length - 1 });

  const found: Candidate[] = [];
  for (const [r, run] of runs.entries()) {
    for (const piece of withoutVerbs(words, run.from, run.to))
      push(found, words, piece.from, piece.to, 'chunk');
    const next = runs[r + 1];
    if (next === undefined) continue;
    const between = words.slice(run.to + 1, next.from).map((word) => word.text);
    if (
      between.length <= 2 &&
      /^(?:of|of the|of a|and|and the|for|to|in|in the|or)$/.test(between.join(' ')) &&
      unbroken(text, words, run.to, next.from, offset)
    ) {
      push(found, words, run.from, next.to, 'chunk');
    }
  }
  return found;
}

/** The run itself, and its pieces between words that no noun phrase begins or ends with. */
function withoutVerbs(words: readonly Token[], from: number, to: number): { from: number; to: number }[] {
  const pieces = new Map<string, { from: number; to: number }>();
  const loose = (at: number): boolean => isLoose(words[at]?.text ?? '');
  // The first word at or after each that is not loose, and the last at or before it.
  const first = new Map<number, number>([[to + 1, to + 1]]);
  const last = new Map<number, number>([[from - 1, from - 1]]);
  for (let i = to; i >= from; i -= 1) first.set(i, loose(i) ? (first.get(i + 1) ?? i) : i);
  for (let i = from; i <= to; i += 1) last.set(i, loose(i) ? (last.get(i - 1) ?? i) : i);
  const add = (a: number, b: number): void => {
    const start = first.get(a) ?? a;
    const end = last.get(b) ?? b;
    if (start <= end) pieces.set(`${start}:${end}`, { from: start, to: end });
  };
  add(from, to);
  for (let i = from; i <= to; i += 1) {
    if (!loose(i) && !/(?:ed|ing|ly)$/.test(words[i]?.text ?? '')) continue;
    add(from, i - 1);
    add(i + 1, to);
  }
  return [...pieces.values()];
}

function capital(text: string, word: Token | undefined, offset: number): boolean {
  if (word === undefined) return false;
  return /^\p{Lu}/u.test(text.slice(word.start - offset, word.end - offset));
}

function adjacent(text: string, a: Token | undefined, b: Token | undefined, offset: number): boolean {
  if (a === undefined || b === undefined) return false;
  return /^(?:[ '’./&-]|\. )?$/u.test(text.slice(a.end - offset, b.start - offset));
}

function unbroken(text: string, words: readonly Token[], a: number, b: number, offset: number): boolean {
  return !/[,;:.()]/.test(text.slice((words[a]?.end ?? 0) - offset, (words[b]?.start ?? 0) - offset));
}

function push(
  found: Candidate[],
  words: readonly Token[],
  from: number,
  to: number,
  kind: Candidate['kind'],
): void {
  const first = words[from];
  const last = words[to];
  if (first === undefined || last === undefined || to - from > 11) return;
  found.push({ kind, start: first.start, end: last.end });
}
