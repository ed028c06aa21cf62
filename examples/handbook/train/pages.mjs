// Reads what the generated rows are made of out of the handbook's pages: sections, sentences, tables and lists.
import { readFileSync } from 'node:fs';

/** A page's text with LF line ends. `path` is relative to the handbook, as in a row's `source`. */
export const readPage = (handbook, path) =>
  readFileSync(new URL(path, handbook), 'utf8').replaceAll('\r\n', '\n');

/**
 * The sections under headings of one level: `{ heading, paragraphs }` in the page's order.
 * A paragraph is a run of lines without a blank one; fenced code is left out.
 */
export function sections(text, level) {
  const mark = `${'#'.repeat(level)} `;
  /** @type {{ heading: string, paragraphs: string[] }[]} */
  const found = [];
  for (const block of text.replaceAll(/^```[\s\S]+?^```$/gm, '').split(/\n{2,}/)) {
    if (block.startsWith(mark)) found.push({ heading: block.slice(mark.length).trim(), paragraphs: [] });
    else if (!block.startsWith('#') && block.trim() !== '') found.at(-1)?.paragraphs.push(block.trim());
  }
  return found;
}

/** The sentences of a paragraph, verbatim. Points inside numbers, paths and code end none. */
export const sentences = (paragraph) =>
  paragraph.split(/(?<=[.!?]) +(?=[A-Z`"])|(?<=[。！？])/).map((sentence) => sentence.trim());

/** The tables of a page: each a list of `{ line, cells }`, its head and rule left out. */
export function tables(text) {
  const found = [];
  let open;
  for (const line of text.split('\n')) {
    if (!line.startsWith('|')) open = undefined;
    else if (/^\|[ |:-]+\|$/.test(line)) found.push((open = []));
    else
      open?.push({
        line,
        cells: line
          .slice(1, -1)
          .split('|')
          .map((cell) => cell.trim()),
      });
  }
  return found;
}

/** The entries of a list whose items read "- `name`: text": `{ line, name, text }`. */
export const namedItems = (text) =>
  [...text.matchAll(/^- `([^`]+)`(?:: |：)(.+)$/gm)].map(([line, name, body]) => ({
    line,
    name,
    text: body,
  }));

/** The glossary's entries: `{ line, term, text }`; the English word in brackets is no part of a Chinese term. */
export const glossaryEntries = (text) =>
  [...text.matchAll(/^\*\*([^*]+)\*\*(?:（[^）]+）)?[:：] ?(.+)$/gm)].map(([line, term, body]) => ({
    line,
    term,
    text: body,
  }));
