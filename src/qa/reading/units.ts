import { sentences } from '../../text/sentences.ts';

/** The least piece of a passage that can answer: a sentence, a list item, a table row or a code block. */
export interface Unit {
  readonly kind: 'sentence' | 'item' | 'row' | 'code';
  /** Verbatim from the passage: `passage.text.slice(start, end)`. */
  readonly text: string;
  /** Of a row: the table's header. */
  readonly columns?: readonly string[];
  /** Of code: the language named at its fence, `''` for none. */
  readonly language?: string;
  readonly start: number;
  readonly end: number;
}

const heading = /^\s{0,3}#{1,6}\s/;
const item = /^\s*(?:[-*+]|\d{1,3}[.)、])\s+/;
const row = /^\s*\|/;
const rule = /^[\s|:-]+$/;
/** A quotation longer than this was never closed. */
const longestQuoted = 300;
const fence = /^\s*(?:```|~~~)/;

/** Cuts a passage of plain or Markdown text into its units, in order; headings and headers of tables are no units. */
export function unitsOf(text: string): Unit[] {
  const units: Unit[] = [];
  let paragraph: { start: number; end: number; kind: Unit['kind'] } | undefined;
  let code: { start: number; end: number; language: string } | undefined;
  let columns: readonly string[] = [];
  const flush = (): void => {
    if (paragraph !== undefined) push(units, text, paragraph.start, paragraph.end, paragraph.kind);
    paragraph = undefined;
  };

  for (const line of linesOf(text)) {
    if (fence.test(line.text)) {
      flush();
      if (code === undefined) {
        const language = line.text.replace(/^[\s`~]+/, '').trim();
        code = { start: line.end + 1, end: line.end + 1, language };
      } else {
        pushWhole(units, text, code.start, code.end, { kind: 'code', language: code.language });
        code = undefined;
      }
    } else if (code !== undefined) code.end = line.end;
    else if (line.text.trim() === '' || heading.test(line.text)) flush();
    else if (row.test(line.text)) {
      flush();
      if (rule.test(line.text)) {
        const header = units.at(-1)?.kind === 'row' ? units.pop() : undefined;
        columns = header === undefined ? [] : cellsOf(header.text);
      } else pushWhole(units, text, line.start, line.end, { kind: 'row', columns });
    } else if (item.test(line.text)) {
      flush();
      const mark = item.exec(line.text)?.[0].length ?? 0;
      paragraph = { start: line.start + mark, end: line.end, kind: 'item' };
    } else if (paragraph === undefined) paragraph = { start: line.start, end: line.end, kind: 'sentence' };
    else paragraph.end = line.end;
  }
  if (code !== undefined)
    pushWhole(units, text, code.start, code.end, { kind: 'code', language: code.language });
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
  const raw = text.slice(start, end);
  let from: number | undefined;
  for (const sentence of sentences(raw)) {
    from ??= sentence.start;
    // “And on Windows?” inside a sentence does not end it.
    if (sentence.end < raw.trimEnd().length && goesOn(raw, from, sentence.end)) continue;
    units.push({ kind, text: raw.slice(from, sentence.end), start: start + from, end: start + sentence.end });
    from = undefined;
  }
}

function goesOn(text: string, from: number, end: number): boolean {
  if (/[?？!！][”」』]$/u.test(text.slice(from, end)) && /^[\p{Script=Han}，]/u.test(text.slice(end)))
    return true;
  if (/[?!]['"”’]$/.test(text.slice(from, end)) && /^ \p{Ll}/u.test(text.slice(end))) return true;
  return opened(text.slice(from, end));
}

/** Whether a quotation or bracket is still open. */
function opened(text: string): boolean {
  if (text.length > longestQuoted) return false;
  return ['“”', '「」', '（）'].some(
    ([open = '', close = '']) => text.split(open).length > text.split(close).length,
  );
}

/** The cells of a table's row. */
export function cellsOf(row: string): string[] {
  return row
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

function pushWhole(
  units: Unit[],
  text: string,
  from: number,
  to: number,
  more: Pick<Unit, 'kind' | 'columns' | 'language'>,
): void {
  const raw = text.slice(from, to);
  const trimmed = raw.trim();
  if (trimmed === '') return;
  const start = from + raw.length - raw.trimStart().length;
  units.push({ ...more, text: trimmed, start, end: start + trimmed.length });
}
