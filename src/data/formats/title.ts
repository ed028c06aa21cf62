import { basename, extname } from 'node:path';

/** The text of the first `#` heading outside fenced code, without its marks. */
export function firstHeading(markdown: string): string | undefined {
  let fence = '';
  for (const line of markdown.split(/\r?\n/)) {
    const bar = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (bar !== undefined && (fence === '' || bar.startsWith(fence))) fence = fence === '' ? bar : '';
    if (fence !== '') continue;
    const mark = /^ {0,3}#{1,6}[ \t]/.exec(line)?.[0];
    const heading = mark === undefined ? '' : withoutClosing(line.slice(mark.length).trim());
    if (heading !== '') return heading;
  }
  return undefined;
}

/** `Title ##` without the marks that close it; marks alone are a title. */
function withoutClosing(heading: string): string {
  let end = heading.length;
  while (heading.charAt(end - 1) === '#') end -= 1;
  return /[ \t]/.test(heading.charAt(end - 1)) ? heading.slice(0, end).trimEnd() : heading;
}

/** The first line of a plain text when it stands alone, as a title does. */
export function firstLineTitle(text: string): string | undefined {
  const match = /^\s*(\S[^\r\n]{0,79})\r?\n[ \t]*\r?\n/.exec(text);
  return match?.[1]?.trim();
}

/** A title from the file's name: `docs/getting-started.md` gives `getting-started`. */
export function nameTitle(path: string): string {
  return basename(path, extname(path));
}
