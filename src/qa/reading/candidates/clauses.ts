import type { Candidate } from './candidate.ts';

const cue =
  /\b(?:because(?: of)?|due to|owing to|in order to|so that|to (?=[a-z])|by (?=[a-z]+ing)|since|as a result of)|因为|由于|为了|以便|是因为|原因是|目的是|通过/gu;

/** Pieces between punctuation, and what follows a word of cause or purpose: answers to why and how. */
export function clauses(text: string, offset: number): Candidate[] {
  const found: Candidate[] = [];
  for (const match of text.matchAll(
    /[^,;:.!?()，；：。！？（）、"“”\n]+(?:[.,](?=\d)[^,;:.!?()，；：。！？（）、"“”\n]+)*/gu,
  )) {
    push(found, match[0], offset + match.index);
    for (const inner of match[0].matchAll(cue)) {
      const from = inner.index + (/^to |^by /.test(inner[0]) ? 0 : inner[0].length);
      push(found, match[0].slice(from), offset + match.index + from);
      push(found, match[0].slice(inner.index), offset + match.index + inner.index);
    }
  }
  return found;
}

function push(found: Candidate[], raw: string, from: number): void {
  const text = raw.trim();
  if (text.length < 2 || text.length > 160) return;
  const start = from + raw.length - raw.trimStart().length;
  found.push({ kind: 'clause', start, end: start + text.length });
}
