import { sentences } from '../../../core/text/sentences.ts';

/** The least piece of a passage that can answer: a sentence, a list item, a table row or a code block. */
export interface Unit {
  readonly kind: 'sentence' | 'item' | 'row' | 'code';
  /** Verbatim from the passage: `passage.text.slice(start, end)`. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const heading = /^\s{0,3}#{1,6}\s/;
const item = /^\s*(?:[-*+]|\d{1,3}[.)、])\s+/;
const row = /^\s*\|/;
const rule = /^[\s|:-]+$/;
const fence = /^\s*(?:```|~~~)/;

/** Cuts a passage of plain or Markdown text into its units, in order; headings are no units. */
export function unitsOf(text: string): Unit[] {
  const units: Unit[] = [];
  let paragraph: { start: number; end: number; kind: Unit['kind'] } | undefined;
  let code: { start: number; end: number } | undefined;
  const flush = (): void => {
    if (paragraph !== undefined) push(units, text, paragraph.start, paragraph.end, paragraph.kind);
    paragraph = undefined;
  };

  for (const line of linesOf(text)) {
    if (fence.test(line.text)) {
      flush();
      if (code === undefined) code = { start: line.end + 1, end: line.end + 1 };
      else {
        pushWhole(units, text, code.start, code.end, 'code');
        code = undefined;
      }
    } else if (code !== undefined) code.end = line.end;
    else if (line.text.trim() === '' || heading.test(line.text)) flush();
    else if (row.test(line.text)) {
      flush();
      if (!rule.test(line.text)) pushWhole(units, text, line.start, line.end, 'row');
    } else if (item.test(line.text)) {
      flush();
      const mark = item.exec(line.text)?.[0].length ?? 0;
      paragraph = { start: line.start + mark, end: line.end, kind: 'item' };
    } else if (paragraph === undefined) paragraph = { start: line.start, end: line.end, kind: 'sentence' };
    else paragraph.end = line.end;
  }
  if (code !== undefined) pushWhole(units, text, code.start, code.end, 'code');
  flush();
  return units;
}

function* linesOf(text: string): Generator<{ text: string; start: number; end: number }> {
  let start = 0;
  while (start <= text.length) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    yield { text: text.slice(start, end), start, end };
    start = end + 1;
  }
}

function push(units: Unit[], text: string, start: number, end: number, kind: Unit['kind']): void {
  for (const sentence of sentences(text.slice(start, end))) {
    units.push({ kind, text: sentence.text, start: start + sentence.start, end: start + sentence.end });
  }
}

function pushWhole(units: Unit[], text: string, from: number, to: number, kind: Unit['kind']): void {
  const raw = text.slice(from, to);
  const trimmed = raw.trim();
  if (trimmed === '') return;
  const start = from + raw.indexOf(trimmed);
  units.push({ kind, text: trimmed, start, end: start + trimmed.length });
}
