const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const wide =
  /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;
const invisible = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u;
const escape = /\u001b\[[0-9;?]*[A-Z]/iy;

/** Control sequences (colours, cursor), and operating system commands (titles, links) to their end. */
const sequences = /\u001b\[[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g;

/** Node's own `stripVTControlCharacters` takes text after a sequence along when a bell follows. */
function withoutEscapes(text: string): string {
  return text.includes('\u001b') ? text.replace(sequences, '') : text;
}

/** Columns that a text takes in a terminal: Chinese characters and emoji take two, escape sequences none. */
export function displayWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const grapheme of graphemesOf(withoutEscapes(text))) width += graphemeWidth(grapheme);
  return width;
}

/** Characters segmented together: the time that the segmenter takes for one grows with the length of what it is given. */
const together = 256;

function* graphemesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length;) {
    const found = Array.from(graphemes.segment(text.slice(at, at + together)), ({ segment }) => segment);
    // The last one may go on in what follows.
    if (at + together < text.length && found.length > 1) found.pop();
    yield* found;
    at += found.reduce((sum, grapheme) => sum + grapheme.length, 0);
  }
}

function graphemeWidth(grapheme: string): number {
  if (invisible.test(grapheme)) return 0;
  return wide.test(grapheme) || grapheme.includes('\ufe0f') ? 2 : 1;
}

/** Cuts a text, colours kept, to at most so many columns; what was cut shows as `…`. */
export function truncate(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  if (columns <= 0) return '';
  let kept = '';
  let width = 0;
  let coloured = false;
  for (let at = 0; at < text.length;) {
    escape.lastIndex = at;
    const sequence = escape.exec(text)?.[0];
    if (sequence !== undefined) {
      kept += sequence;
      coloured = true;
      at += sequence.length;
      continue;
    }
    const grapheme = firstGrapheme(text.slice(at, at + 32));
    const next = graphemeWidth(grapheme);
    if (width + next > columns - 1) break;
    kept += grapheme;
    width += next;
    at += grapheme.length;
  }
  return `${kept}…${coloured ? '\u001b[0m' : ''}`;
}

function firstGrapheme(text: string): string {
  for (const { segment } of graphemes.segment(text)) return segment;
  return '';
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
}

export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - displayWidth(text))) + text;
}

/** Text from documents, logs or the network without anything that steers a terminal; tabs and line ends stay. */
export function printable(text: string): string {
  return withoutEscapes(text).replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    '',
  );
}

/** The same for what stands within a line, the name of a file above all: it begins no line that looks like one of ours. */
export function printableInLine(text: string): string {
  return printable(text).replace(/[\t\n\u2028\u2029]+/g, ' ');
}

/** Breaks a text into lines of at most so many columns: at spaces, and between Chinese characters anywhere. */
export function wrap(text: string, columns: number): string[] {
  const limit = Math.max(8, columns);
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, limit));
}

/** Lines that a terminal would break inside words, broken between them; what follows is set in under its line. */
export function fold(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => {
    if (displayWidth(line) <= columns) return [line];
    const indent = /^ */.exec(line)?.[0] ?? '';
    const [first = '', ...rest] = wrap(line.slice(indent.length), columns - indent.length - 2);
    return [indent + first, ...rest.map((each) => `${indent}  ${each}`)];
  });
}

function wrapParagraph(paragraph: string, limit: number): string[] {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  for (const piece of pieces(paragraph)) {
    const taken = displayWidth(piece);
    if (width + displayWidth(piece.trimEnd()) > limit && line !== '') {
      lines.push(line.trimEnd());
      line = '';
      width = 0;
    }
    line += piece;
    width += taken;
  }
  return [...lines, line.trimEnd()];
}

/** Words with the spaces after them; each wide character by itself, closing punctuation kept with it. */
function pieces(text: string): string[] {
  return (
    text.match(
      /(?:[\u2e80-\u2fff\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff]|[\u3008\u300a\u300c\u300e\u3010（“‘]+[^\u3008\u300a\u300c\u300e\u3010（“‘\n]?)[，。！？；：、）》」』】”’]*\s*|[^\s\u2e80-\u2fff\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff]+\s*|\s+/gu,
    ) ?? []
  );
}
