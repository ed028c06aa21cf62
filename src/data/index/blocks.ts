import type { Nodes, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { lineEnd, markdownParts } from './markdown-parts.ts';

/** A stretch of a document that a passage should hold whole. */
export interface Block {
  readonly start: number;
  readonly end: number;
  /** Headings above it, outermost first. */
  readonly headings: readonly string[];
  /** `prose` comes apart at sentences, `code` at lines, `table` at rows, each only when over the limit. */
  readonly kind: 'prose' | 'code' | 'table';
  /** Tables: where the header and its rule end, so that every part can carry them. */
  readonly headerEnd?: number;
}

/**
 * Blocks of Markdown-like text in order: paragraphs, list items, quotes, code, tables, with the headings above them.
 * A heading with nothing under it is a block itself, so that no words are lost.
 */
export function markdownBlocks(text: string): Block[] {
  const titleOf = headingTitles(text);
  const blocks: Block[] = [];
  const open: { depth: number; title: string; span: Span; empty: boolean }[] = [];
  const close = (depth: number): void => {
    for (let last = open.at(-1); last !== undefined && last.depth >= depth; last = open.at(-1)) {
      const headings = titles(open);
      if (last.empty && text.slice(last.span.start, last.span.end).trim() !== '') {
        blocks.push({ ...last.span, headings, kind: 'prose' });
      }
      open.pop();
    }
  };
  for (const part of markdownParts(text)) {
    const { node, start, end } = part;
    const span = { start, end };
    if (node.type === 'heading') {
      close(node.depth);
      for (const outer of open) outer.empty = false;
      const title = titleOf(text.slice(start, end));
      // A heading too long to carry is shortened above the passages and kept whole as text of its own.
      const long = title.length > longestHeading;
      open.push({
        depth: node.depth,
        title: long ? `${title.slice(0, longestHeading)}…` : title,
        span,
        empty: !long,
      });
      if (long) blocks.push({ ...span, headings: titles(open), kind: 'prose' });
      continue;
    }
    const found = blocksOf(node, span, part.base, titles(open));
    if (found.length > 0) for (const heading of open) heading.empty = false;
    for (const block of found) blocks.push(block);
  }
  close(1);
  return blocks;
}

/** Blocks of plain text: paragraphs between blank lines; no character has a meaning of its own. */
export function plainBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Span | undefined;
  // Line by line: a pattern over whole paragraphs runs out of stack on a long one.
  for (let from = 0; from < text.length;) {
    const to = lineEnd(text, from);
    const line = text.slice(from, to);
    const lead = line.length - line.trimStart().length;
    if (lead < line.length) open = { start: open?.start ?? from + lead, end: to };
    else if (open !== undefined) {
      blocks.push({ ...open, headings: [], kind: 'prose' });
      open = undefined;
    }
    from = to + 1;
  }
  if (open !== undefined) blocks.push({ ...open, headings: [], kind: 'prose' });
  return blocks;
}

const longestHeading = 200;

function titles(open: readonly { readonly title: string }[]): string[] {
  return open.map((heading) => heading.title).filter(Boolean);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function spanOf(node: Nodes, base: number): Span {
  return { start: base + (node.position?.start.offset ?? 0), end: base + (node.position?.end.offset ?? 0) };
}

function blocksOf(node: RootContent, span: Span, base: number, headings: readonly string[]): Block[] {
  const within = (child: RootContent): Block[] => blocksOf(child, spanOf(child, base), base, headings);
  switch (node.type) {
    case 'thematicBreak':
      return [];
    case 'code':
    case 'html':
      return [{ ...span, headings, kind: 'code' }];
    case 'table': {
      // The rule under the header has no node of its own: it ends where the first row begins.
      const header = node.children[1] === undefined ? span.end : spanOf(node.children[1], base).start;
      return [{ ...span, headings, kind: 'table', headerEnd: header }];
    }
    case 'list':
      return node.children.flatMap((item) => {
        return withMarker(spanOf(item, base), item.children.flatMap(within), headings);
      });
    case 'blockquote':
      return withMarker(span, node.children.flatMap(within), headings);
    default:
      return [{ ...span, headings, kind: 'prose' }];
  }
}

/** Gives the first block inside an item or a quote the marker before it: `- `, `3. `, `> `. */
function withMarker(outer: Span, inner: readonly Block[], headings: readonly string[]): Block[] {
  const [first, ...rest] = inner;
  if (first === undefined) return outer.end > outer.start ? [{ ...outer, headings, kind: 'prose' }] : [];
  return [{ ...first, start: outer.start }, ...rest];
}

const syntax = gfm();
const tree = gfmFromMarkdown();
/** A heading without a character that formats, links or escapes. */
const withoutMarks = /^#{1,6}[ \t]([^\\`*_[\]<>&~#\n]*)$/;
const underlined = /^([^\\`*_[\]<>&~#\n]+)\n {0,3}(?:=+|-+)[ \t]*$/;

/** A heading longer than this is read with its marks: its title is shortened anyway. */
const longestMarked = 1000;

/** How headings of a text read without their marks. A reference reads as its words where the text defines it. */
function headingTitles(text: string): (heading: string) => string {
  let defined: ReadonlySet<string> | undefined;
  const references = (heading: string): string => {
    const labels = heading.match(/\[[^[\]]+\]/g);
    if (labels === null) return '';
    defined ??= new Set(text.match(/^ {0,3}\[[^[\]\n]{1,999}\](?=:)/gm)?.map(labelOf));
    const known = labels.filter((label) => defined?.has(labelOf(label)));
    return known.map((label) => `\n\n${label}: x`).join('');
  };
  return (heading) => {
    const bare = withoutMarks.exec(heading)?.[1] ?? underlined.exec(heading)?.[1];
    if (bare !== undefined) return bare.replace(/\s+/g, ' ').trim();
    if (heading.length > longestMarked) return heading.replace(/^#+/, '').replace(/\s+/g, ' ').trim();
    const [node] = fromMarkdown(heading + references(heading), {
      extensions: [syntax],
      mdastExtensions: [tree],
    }).children;
    return node === undefined ? '' : plainText(node);
  };
}

function labelOf(bracketed: string): string {
  return bracketed.trim().toLowerCase();
}

function plainText(node: Nodes): string {
  if ('value' in node) return node.type === 'html' ? '' : node.value;
  if ('children' in node) {
    const parts = node.children.map(plainText).join('');
    return parts.replace(/\s+/gu, ' ').trim();
  }
  return node.type === 'image' ? (node.alt ?? '') : '';
}
