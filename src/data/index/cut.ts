import { digestJson } from '../../core/digest.ts';
import type { DocumentRecord } from '../../core/document.ts';
import type { Passage } from '../../core/passage.ts';
import { markdownBlocks, plainBlocks, type Block } from './blocks.ts';
import { measure } from './measure.ts';
import { splitBlock, type Atom } from './split.ts';
import type { PassageSettings } from './section.ts';

/** Part of a document's text, with the headings above it. */
export interface Cut {
  readonly heading: string;
  readonly text: string;
  /** Where it stands in the document; a repeated table header before it is not counted. */
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts a document along its structure. Neighbours under the same heading share a passage up to `max_characters`;
 * sections never share one. Code and tables stay whole unless they alone are over the limit, then they come apart at
 * lines and rows, each part of a table under its header; prose comes apart at sentences. A single sentence over the
 * limit is the one thing that is cut inside, at a clause mark or white space.
 */
export function cutText(text: string, format: 'markdown' | 'plain', settings: PassageSettings): Cut[] {
  const blocks = format === 'markdown' ? markdownBlocks(text) : plainBlocks(text);
  const cuts: Cut[] = [];
  for (let at = 0; at < blocks.length;) {
    const heading = (blocks[at]?.headings ?? []).join(' > ');
    let stop = at + 1;
    while (stop < blocks.length && blocks[stop]?.headings.join(' > ') === heading) stop += 1;
    for (const part of pack(text, blocks.slice(at, stop), settings)) cuts.push({ heading, ...part });
    at = stop;
  }
  return cuts;
}

/** The passages of a document, in order. What has no headings carries the document's title instead. */
export function cutDocument(document: DocumentRecord, settings: PassageSettings): Passage[] {
  return cutText(document.text, formatOf(document.source), settings).map(({ heading, text }, ordinal) => ({
    id: digestJson([document.id, ordinal, heading, text]).slice(0, 24),
    document: document.id,
    source: document.source,
    heading: heading === '' ? document.title : heading,
    text,
    language: document.language,
    ordinal,
  }));
}

function formatOf(source: string): 'markdown' | 'plain' {
  return /\.txt$/i.test(source) ? 'plain' : 'markdown';
}

interface PackedAtom extends Atom {
  /** Index of the first atom of its block. */
  readonly opens: number;
  readonly blockFits: boolean;
}

function pack(text: string, blocks: readonly Block[], settings: PassageSettings): Omit<Cut, 'heading'>[] {
  const { max_characters: max, min_characters: min, overlap } = settings;
  const atoms: PackedAtom[] = [];
  for (const block of blocks) {
    const opens = atoms.length;
    const blockFits = fits(text.slice(block.start, block.end), max);
    for (const atom of splitBlock(text, block, max)) atoms.push({ ...atom, opens, blockFits });
  }
  const textOf = (from: number, to: number): string => {
    const first = atoms[from];
    const last = atoms[to - 1];
    if (first === undefined || last === undefined || to <= from) return '';
    return (first.prefix ?? '') + text.slice(first.start, last.end);
  };
  const cuts: Omit<Cut, 'heading'>[] = [];
  for (let from = 0, done = 0; done < atoms.length;) {
    let to = done + 1;
    while (to < atoms.length && fits(textOf(from, to + 1), max)) to += 1;
    if (to < atoms.length) to = betterEnd(text, atoms, { from, done, to, min }, textOf);
    cuts.push({ text: textOf(from, to), start: atoms[from]?.start ?? 0, end: atoms[to - 1]?.end ?? 0 });
    done = to;
    from = overlapStart(atoms, { from, done, overlap, max }, textOf);
  }
  return cuts;
}

/** Moves the end of a passage back to keep a block whole, a lead-in with its list, and the last passage from being tiny. */
function betterEnd(
  text: string,
  atoms: readonly PackedAtom[],
  { from, done, to, min }: { from: number; done: number; to: number; min: number },
  textOf: (from: number, to: number) => string,
): number {
  const allowed = (end: number): boolean => end > done && measure(textOf(from, end)) >= min;
  let end = to;
  const next = atoms[end];
  if (next !== undefined && next.opens < end && next.blockFits && allowed(next.opens)) end = next.opens;
  const last = atoms[end - 1];
  if (last !== undefined && atoms[end]?.opens === end && /[:：]$/u.test(text.slice(last.start, last.end))) {
    if (allowed(last.opens)) end = last.opens;
  }
  while (fits(textOf(end, atoms.length), min - 1) && allowed(end - 1)) end -= 1;
  return end;
}

function overlapStart(
  atoms: readonly PackedAtom[],
  { from, done, overlap, max }: { from: number; done: number; overlap: number; max: number },
  textOf: (from: number, to: number) => string,
): number {
  let start = done;
  while (start - 1 > from && atoms[start - 1]?.repeatable === true && fits(textOf(start - 1, done), overlap))
    start -= 1;
  return done < atoms.length && fits(textOf(start, done + 1), max) ? start : done;
}

/** Whether the text measures at most `limit`, without measuring what is plainly longer. */
function fits(text: string, limit: number): boolean {
  return text.length <= limit && measure(text) <= limit;
}
