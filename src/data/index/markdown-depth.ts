/** Lists and quotations inside one another that still mean something; each costs the parser a look at every line. */
const deepest = 50;
/** Columns of indentation at which a list item may begin. */
const widest = 2 * deepest;

/**
 * The text with every mark of a list or quotation below the deepest level made a letter, so that it opens no block; its
 * length, and so every offset, stays. The parser recurses into such blocks, and 2,000 of them fit into 4 KB.
 */
export function withoutDepth(text: string): string {
  if (text.length <= deepest) return text;
  return text
    .split('\n')
    .map((line) => {
      const from = tooDeep(line);
      if (from === undefined) return line;
      const marks = marksEnd(line, from);
      return line.slice(0, from) + line.slice(from, marks).replace(/[^ \t]/g, 'x') + line.slice(marks);
    })
    .join('\n');
}

/** Where the first mark too deep stands; undefined when there is none. */
function tooDeep(line: string): number | undefined {
  let count = 0;
  for (let at = 0; at < line.length;) {
    const end = markEnd(line, at);
    if (end === undefined) {
      if (!' \t'.includes(line.charAt(at))) return undefined;
      at += 1;
      continue;
    }
    count += 1;
    if (count > deepest || at > widest) return at;
    at = end;
  }
  return undefined;
}

/** The end of the marks, and the white space among them, from `from` on. */
function marksEnd(line: string, from: number): number {
  let at = from;
  while (at < line.length) {
    const end = markEnd(line, at);
    if (end === undefined && !' \t'.includes(line.charAt(at))) break;
    at = end ?? at + 1;
  }
  return at;
}

const mark = />|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)/y;

function markEnd(line: string, at: number): number | undefined {
  mark.lastIndex = at;
  return mark.test(line) ? mark.lastIndex : undefined;
}
