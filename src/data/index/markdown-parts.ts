import type { List, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { withoutDepth } from './markdown-depth.ts';

/** A node of a document's top level. Offsets inside it count from `base`. */
export interface Part {
  readonly node: RootContent;
  readonly base: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Characters parsed at once: the parser's work grows faster than its text (16 KiB of lines of `=` took it 5.7 s, 2 KiB
 * 0.2 s). A longer line is prose by itself.
 */
const windowSize = 8192;

/** Emphasis, links and the like: blocks have no need of them, and the parser's work on them grows fastest. */
const inline = [
  ...['attention', 'labelStartLink', 'labelStartImage', 'labelEnd', 'autolink', 'htmlText', 'codeText'],
  ...['characterEscape', 'characterReference', 'hardBreakEscape', 'wwwAutolink', 'protocolAutolink'],
  ...['emailAutolink', 'strikethrough', 'tasklistCheck', 'gfmFootnoteCall', 'gfmPotentialFootnoteCall'],
];
const extensions = [
  gfm(),
  // Indented code is off: HTML and plain text arrive with stray indentation, which is prose.
  { disable: { null: ['codeIndented', ...inline] } },
];
const mdastExtensions = gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] }));

/**
 * The nodes of a Markdown text's top level, in order, with no structure inside paragraphs and headings. The text is
 * parsed in windows; the last node of a window, which may go on, is parsed again at the beginning of the next.
 */
export function* markdownParts(text: string): Generator<Part> {
  for (let from = 0; from < text.length;) {
    const end = windowEnd(text, from);
    if (end - from > windowSize) {
      yield prose(from, end);
      from = end;
      continue;
    }
    const children = parse(text.slice(from, end));
    const last = children.at(-1);
    if (end === text.length || last === undefined) {
      for (const node of children) yield part(node, from);
      from = end;
    } else if (children.length > 1) {
      for (const node of children.slice(0, -1)) yield part(node, from);
      from = lineStart(text, part(last, from).start);
    } else {
      const { found, next } = goingOn(text, part(last, from), end);
      yield found;
      from = next;
    }
  }
}

function parse(text: string): RootContent[] {
  return fromMarkdown(withoutDepth(text), { extensions, mdastExtensions }).children;
}

function part(node: RootContent, base: number): Part {
  const { start, end } = node.position ?? { start: { offset: 0 }, end: { offset: 0 } };
  return { node, base, start: base + (start.offset ?? 0), end: base + (end.offset ?? 0) };
}

function prose(start: number, end: number): Part {
  return { node: { type: 'paragraph', children: [] }, base: 0, start, end };
}

/** After the last whole line that fits a window, or after the first line when it alone is longer. */
function windowEnd(text: string, from: number): number {
  if (text.length - from <= windowSize) return text.length;
  const last = text.lastIndexOf('\n', from + windowSize - 1);
  return last >= from ? last + 1 : nextLine(text, from);
}

/** A node that fills its window: how far it goes, and where reading goes on. */
function goingOn(text: string, whole: Part, windowEnd: number): { found: Part; next: number } {
  const { node, start } = whole;
  switch (node.type) {
    case 'list': {
      const last = node.children.at(-1);
      if (last === undefined || node.children.length < 2) return { found: whole, next: windowEnd };
      const items: List = { ...node, children: node.children.slice(0, -1) };
      const next = lineStart(text, whole.base + (last.position?.start.offset ?? 0));
      return { found: { ...whole, node: items, end: next }, next };
    }
    case 'code': {
      const end = fenceEnd(text, start);
      return { found: { ...whole, end }, next: nextLine(text, end) };
    }
    case 'html':
    case 'table':
    case 'paragraph': {
      const ending = node.type === 'paragraph' ? interrupting : blank;
      const end = endOfLines(text, windowEnd, ending);
      return { found: { ...whole, end: text.charAt(end - 1) === '\n' ? end - 1 : end }, next: end };
    }
    default:
      return { found: whole, next: windowEnd };
  }
}

const blank = /^\s*$/;
/** What ends a paragraph without a blank line, seldom enough mistaken to do no harm. */
const interrupting = /^ {0,3}(?:$|\s*$|#{1,6}(?:\s|$)|>|[-+*][ \t]|\d{1,9}[.)][ \t]|`{3}|~{3}|<)/;

/** The place of the first line, from `from` on, that such a pattern fits. */
function endOfLines(text: string, from: number, ending: RegExp): number {
  let at = from;
  while (at < text.length) {
    const next = nextLine(text, at);
    if (ending.test(text.slice(at, Math.min(next, at + windowSize)).trimEnd())) break;
    at = next;
  }
  return at;
}

/** The end of fenced code that begins at `start`: after its closing fence, or with the text. */
function fenceEnd(text: string, start: number): number {
  const mark = /^(?:`{3,}|~{3,})/.exec(text.slice(start, start + windowSize))?.[0] ?? '```';
  for (let at = nextLine(text, start); at < text.length; at = nextLine(text, at)) {
    const line = text.slice(at, Math.min(nextLine(text, at), at + windowSize)).trim();
    if (line.startsWith(mark) && line === mark.charAt(0).repeat(line.length)) return lineEnd(text, at);
  }
  return text.length;
}

export function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function nextLine(text: string, from: number): number {
  return Math.min(text.length, lineEnd(text, from) + 1);
}

function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}
