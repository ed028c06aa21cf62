/** Characters that show nothing: zero-width, soft hyphen, byte order mark, direction marks. Joiners are seen to apart. */
const invisible = /[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;
/** Joiners outside emoji and outside scripts that need them. */
const looseJoiner =
  /(?<![\p{Extended_Pictographic}\ufe0f\p{Emoji_Modifier}\p{Script=Arabic}\p{Script=Devanagari}])[\u200c\u200d]/gu;
const control = /[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]/g;
const lineEnd = /\r\n?|[\u0085\u2028\u2029\v\f]/g;
/** Spaces of other widths; the full-width space of Chinese (U+3000) is kept. */
const oddSpace = /[\u00a0\u2000-\u200a\u202f\u205f]/g;
const fence = /^ {0,3}(`{3,}|~{3,})/;

/**
 * One form for texts that look alike: NFC, `\n` line ends, no invisible or control characters, no space at line ends,
 * at most one blank line in a row. Full-width forms stay. Fenced code keeps its spaces and blank lines.
 */
export function normalise(text: string): string {
  const lines = clean(text);
  if (!lines.includes('```') && !lines.includes('~~~')) return tidy(lines).trim();
  const tidied = tidyOutsideFences(lines).trimEnd();
  const lead = tidied.length - tidied.trimStart().length;
  return tidied.slice(lead === 0 ? 0 : tidied.lastIndexOf('\n', lead - 1) + 1);
}

function clean(text: string): string {
  let result = text.replace(lineEnd, '\n');
  // Most texts are plain ASCII with tabs and line ends; nothing below could change them.
  if (/[^\t\n\x20-\x7e]/.test(result))
    // Composition comes last: what is removed may have kept two characters apart.
    result = result
      .replace(control, '')
      .replace(invisible, '')
      .replace(looseJoiner, '')
      .replace(oddSpace, ' ')
      .normalize('NFC');
  return result;
}

function tidy(text: string): string {
  return text
    .split('\n')
    .map(withoutTrailingSpace)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n');
}

/** A pattern would look at the spaces inside a line again from each of them. */
function withoutTrailingSpace(line: string): string {
  let end = line.length;
  while (end > 0 && ' \t\u3000'.includes(line.charAt(end - 1))) end -= 1;
  return line.slice(0, end);
}

function tidyOutsideFences(text: string): string {
  const kept: string[] = [];
  let open = '';
  for (const line of text.split('\n')) {
    const mark = fence.exec(line)?.[1];
    if (open !== '') {
      kept.push(line);
      if (mark?.startsWith(open) === true && line.trim() === mark) open = '';
      continue;
    }
    const tidied = withoutTrailingSpace(line);
    if (tidied === '' && kept.at(-1) === '') continue;
    kept.push(tidied);
    if (mark !== undefined) open = mark;
  }
  return kept.join('\n');
}
