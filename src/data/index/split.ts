import { sentences } from '../../text/sentences.ts';
import type { Block } from './blocks.ts';
import { measure, type Ruler } from './measure.ts';

/** A piece of a document that passages are packed from. */
export interface Atom {
  readonly start: number;
  readonly end: number;
  /** Repeated before the piece when it opens a passage: the header of a table that was split. */
  readonly prefix?: string;
  /** Whether a following passage may repeat it as overlap: whole sentences only. */
  readonly repeatable: boolean;
}

/** The block as one atom if it fits into `limit`; otherwise its sentences, lines or rows. */
export function splitBlock(text: string, ruler: Ruler, block: Block, limit: number): Atom[] {
  const { start, end } = block;
  if (block.kind === 'prose') return sentenceAtoms(text, ruler, block, limit);
  if (ruler.measure(start, end) <= limit) return [{ start, end, repeatable: false }];
  if (block.kind === 'table' && block.headerEnd !== undefined) {
    const header = ruler.measure(start, block.headerEnd);
    // A header that takes half of the passage is not worth repeating.
    if (header * 2 <= limit) {
      const prefix = `${text.slice(start, block.headerEnd).trimEnd()}\n`;
      const [first, ...rows] = lineAtoms(
        text,
        ruler,
        { start: block.headerEnd, end },
        limit - header,
        prefix,
      );
      return [{ start, end: first?.end ?? end, repeatable: false }, ...rows];
    }
  }
  return lineAtoms(text, ruler, block, limit);
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Sentences, also of a block that fits: they are what overlap repeats. Packing keeps a block that fits together. */
function sentenceAtoms(text: string, ruler: Ruler, { start, end }: Stretch, limit: number): Atom[] {
  return sentences(text.slice(start, end)).flatMap((span) =>
    hardSplit(text, ruler, { start: start + span.start, end: start + span.end }, limit, true),
  );
}

function lineAtoms(text: string, ruler: Ruler, all: Stretch, limit: number, prefix?: string): Atom[] {
  const atoms: Atom[] = [];
  for (const match of text.slice(all.start, all.end).matchAll(/[^\n]+/gu)) {
    if (match[0].trim() === '') continue;
    const start = all.start + match.index;
    for (const atom of hardSplit(text, ruler, { start, end: start + match[0].length }, limit, false)) {
      atoms.push(prefix === undefined ? atom : { ...atom, prefix });
    }
  }
  return atoms;
}

/**
 * One sentence, line or row; one that alone is over the limit - a data dump, a minified script - is cut at clause
 * marks or white space, in the last resort between characters: a limit that does not hold would be none.
 */
function hardSplit(
  text: string,
  ruler: Ruler,
  { start, end }: Stretch,
  limit: number,
  repeatable: boolean,
): Atom[] {
  const atoms: Atom[] = [];
  let at = start;
  while (ruler.measure(at, end) > limit) {
    const stop = at + fitting(text.slice(at, Math.min(end, at + limit)), limit);
    atoms.push({ start: at, end: stop, repeatable: false });
    at = stop;
  }
  if (at === start) return [{ start, end, repeatable }];
  return text.slice(at, end).trim() === '' ? atoms : [...atoms, { start: at, end, repeatable: false }];
}

/** How many UTF-16 units from the start fit, preferring to stop after a clause mark, then after white space. */
function fitting(text: string, limit: number): number {
  let length = 0;
  let space = 0;
  let clause = 0;
  let used = 0;
  for (const character of text) {
    used += measure(character);
    if (used > limit) break;
    length += character.length;
    if (/[，；、：,;:|]/u.test(character)) clause = length;
    else if (/\s/u.test(character)) space = length;
  }
  if (clause * 2 > length) return clause;
  if (space * 2 > length) return space;
  return Math.max(length, text.codePointAt(0) !== undefined && (text.codePointAt(0) ?? 0) > 0xffff ? 2 : 1);
}
