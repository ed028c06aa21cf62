import { basename, extname } from 'node:path';

/** The text of the first `#` heading outside fenced code, without its marks. */
export function firstHeading(markdown: string): string | undefined {
  let fence = '';
  for (const line of markdown.split(/\r?\n/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark !== undefined && (fence === '' || mark.startsWith(fence))) fence = fence === '' ? mark : '';
    if (fence !== '') continue;
    const heading = /^ {0,3}#{1,6}[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$/.exec(line)?.[1];
    if (heading !== undefined) return heading;
  }
  return undefined;
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
