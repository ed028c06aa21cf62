import { digestJson } from '../../core/digest.ts';
import type { DocumentRecord, Layout } from '../../contract/documents/document.ts';
import type { Passage } from '../../contract/passage.ts';
import { markdownBlocks, plainBlocks, type Block } from './blocks.ts';
import { measure, Ruler } from './measure.ts';
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
export function cutText(text: string, layout: Layout, settings: PassageSettings): Cut[] {
  const blocks = layout === 'markdown' ? markdownBlocks(text) : plainBlocks(text);
  const ruler = new Ruler(text);
  const cuts: Cut[] = [];
  for (let at = 0; at < blocks.length;) {
    const heading = (blocks[at]?.headings ?? []).join(' > ');
    let stop = at + 1;
    while (stop < blocks.length && blocks[stop]?.headings.join(' > ') === heading) stop += 1;
    for (const part of pack(text, ruler, blocks.slice(at, stop), settings)) cuts.push({ heading, ...part });
    at = stop;
  }
  return cuts;
}

/** The passages of a document, in order. What has no headings carries the document's title instead. */
export function cutDocument(document: DocumentRecord, settings: PassageSettings): Passage[] {
  return cutText(document.text, document.layout, settings).map(({ heading, text }, ordinal) => ({
    id: digestJson([document.id, ordinal, heading, text]).slice(0, 24),
    document: document.id,
    source: document.source,
    heading: heading === '' ? document.title : heading,
    text,
    language: document.language,
    ordinal,
  }));
}

interface PackedAtom extends Atom {
  /** Index of the first atom of its block. */
  readonly opens: number;
  readonly blockFits: boolean;
}

/** The atoms of blocks under one heading, measured without being put together. */
class Atoms {
  readonly all: readonly PackedAtom[];
  readonly #text: string;
  readonly #ruler: Ruler;

  constructor(text: string, ruler: Ruler, blocks: readonly Block[], limit: number) {
    const atoms: PackedAtom[] = [];
    for (const block of blocks) {
      const opens = atoms.length;
      const blockFits = ruler.measure(block.start, block.end) <= limit;
      for (const atom of splitBlock(text, ruler, block, limit)) atoms.push({ ...atom, opens, blockFits });
    }
    this.all = atoms;
    this.#text = text;
    this.#ruler = ruler;
  }

  text(from: number, to: number): string {
    const first = this.all[from];
    const last = this.all[to - 1];
    if (first === undefined || last === undefined || to <= from) return '';
    return (first.prefix ?? '') + this.#text.slice(first.start, last.end);
  }

  measure(from: number, to: number): number {
    const first = this.all[from];
    const last = this.all[to - 1];
    if (first === undefined || last === undefined || to <= from) return 0;
    const prefix = first.prefix === undefined ? 0 : measure(first.prefix);
    return prefix + this.#ruler.measure(first.start, last.end);
  }
}

function pack(
  text: string,
  ruler: Ruler,
  blocks: readonly Block[],
  settings: PassageSettings,
): Omit<Cut, 'heading'>[] {
  const { max_characters: max, min_characters: min, overlap } = settings;
  const atoms = new Atoms(text, ruler, blocks, max);
  const { all } = atoms;
  const cuts: Omit<Cut, 'heading'>[] = [];
  for (let from = 0, done = 0; done < all.length;) {
    let to = done + 1;
    while (to < all.length && atoms.measure(from, to + 1) <= max) to += 1;
    if (to < all.length) to = betterEnd(atoms, { from, done, to, min });
    cuts.push({ text: atoms.text(from, to), start: all[from]?.start ?? 0, end: all[to - 1]?.end ?? 0 });
    done = to;
    from = overlapStart(atoms, { from, done, overlap, max });
  }
  return cuts;
}

/** Moves the end of a passage back to keep a block whole, a lead-in with its list, and the last passage from being tiny. */
function betterEnd(
  atoms: Atoms,
  { from, done, to, min }: { from: number; done: number; to: number; min: number },
): number {
  const { all } = atoms;
  const allowed = (end: number): boolean => end > done && atoms.measure(from, end) >= min;
  let end = to;
  const next = all[end];
  if (next !== undefined && next.opens < end && next.blockFits && allowed(next.opens)) end = next.opens;
  const last = all[end - 1];
  if (last !== undefined && all[end]?.opens === end && /[:：]$/u.test(atoms.text(end - 1, end))) {
    if (allowed(last.opens)) end = last.opens;
  }
  while (atoms.measure(end, all.length) < min && allowed(end - 1)) end -= 1;
  return end;
}

function overlapStart(
  atoms: Atoms,
  { from, done, overlap, max }: { from: number; done: number; overlap: number; max: number },
): number {
  const { all } = atoms;
  let start = done;
  while (start - 1 > from && all[start - 1]?.repeatable === true && atoms.measure(start - 1, done) <= overlap)
    start -= 1;
  return done < all.length && atoms.measure(start, done + 1) <= max ? start : done;
}
