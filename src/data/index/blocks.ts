import type { Nodes, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

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
  // Indented code is off: HTML and plain text arrive with stray indentation, which is prose.
  const tree = fromMarkdown(text, {
    extensions: [gfm(), { disable: { null: ['codeIndented'] } }],
    mdastExtensions: [gfmFromMarkdown()],
  });
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
  for (const node of tree.children) {
    const span = spanOf(node);
    if (node.type === 'heading') {
      close(node.depth);
      for (const outer of open) outer.empty = false;
      const title = plainText(node);
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
    const found = blocksOf(node, titles(open));
    if (found.length > 0) for (const heading of open) heading.empty = false;
    for (const block of found) blocks.push(block);
  }
  close(1);
  return blocks;
}

/** Blocks of plain text: paragraphs between blank lines; no character has a meaning of its own. */
export function plainBlocks(text: string): Block[] {
  return Array.from(text.matchAll(/\S(?:[^\n]|\n(?![^\S\n]*(?:\n|$)))*/gu), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    headings: [],
    kind: 'prose' as const,
  }));
}

const longestHeading = 200;

function titles(open: readonly { readonly title: string }[]): string[] {
  return open.map((heading) => heading.title).filter(Boolean);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function spanOf(node: Nodes): Span {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}

function blocksOf(node: RootContent, headings: readonly string[]): Block[] {
  const span = spanOf(node);
  switch (node.type) {
    case 'thematicBreak':
      return [];
    case 'code':
    case 'html':
      return [{ ...span, headings, kind: 'code' }];
    case 'table': {
      // The rule under the header has no node of its own: it ends where the first row begins.
      const header = node.children[1] === undefined ? span.end : spanOf(node.children[1]).start;
      return [{ ...span, headings, kind: 'table', headerEnd: header }];
    }
    case 'list':
      return node.children.flatMap((item) => {
        const inner = item.children.flatMap((child) => blocksOf(child, headings));
        return withMarker(spanOf(item), inner, headings);
      });
    case 'blockquote':
      return withMarker(
        span,
        node.children.flatMap((child) => blocksOf(child, headings)),
        headings,
      );
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

function plainText(node: Nodes): string {
  if ('value' in node) return node.type === 'html' ? '' : node.value;
  if ('children' in node) {
    const parts = node.children.map(plainText).join('');
    return parts.replace(/\s+/gu, ' ').trim();
  }
  return node.type === 'image' ? (node.alt ?? '') : '';
}
