export interface Span {
  readonly text: string;
  /** UTF-16 offsets into the original text, surrounding white space left out. */
  readonly start: number;
  readonly end: number;
}

/** A full stop that ends no sentence: initials, common English abbreviations, list numbers. */
const abbreviation =
  /(?:^|[\s(])(?:[A-Z]|\d{1,2}|e\.g|i\.e|etc|vs|cf|al|ca|approx|Dr|Mr|Mrs|Ms|Prof|St|No|Fig|Inc|Ltd|Jr|Sr|U\.S)$/;

const end =
  /[。！？!?]+[”’"')\]」』）]*|(?<!\.)\.+[”’"')\]]*(?=\s|$)|\n{2,}|\n(?=[^\S\n]*(?:[-*+#|>]|\d+[.)、]))/gu;

/** Sentences of English or Chinese text; a blank line, a list item or a heading always ends one. */
export function sentences(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(end)) {
    const stop = match.index + match[0].length;
    if (match[0].startsWith('.') && abbreviation.test(text.slice(Math.max(0, match.index - 12), match.index)))
      continue;
    push(spans, text, start, stop);
    start = stop;
  }
  push(spans, text, start, text.length);
  return spans;
}

function push(spans: Span[], text: string, from: number, to: number): void {
  const raw = text.slice(from, to);
  const trimmed = raw.trim();
  if (trimmed === '') return;
  const start = from + raw.length - raw.trimStart().length;
  spans.push({ text: trimmed, start, end: start + trimmed.length });
}
