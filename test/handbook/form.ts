/**
 * Compares what a page shows with what is printed: texts must be equal, while figures, ids, times, sizes, ports and the
 * widths of columns may be others. `…` stands for what was left out.
 */

const kinds: readonly (readonly [pattern: RegExp, form: string])[] = [
  [/\u001b\[[\d;]*m/g, ''],
  [/\brun-[0-9a-z]+-[0-9a-z]+\b/g, 'RUN'],
  [/\b\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?Z?)?/g, 'DATE'],
  [/\b[0-9a-f]{2}\/[0-9a-f]{4,64}(?:…|\b)/g, 'DIGEST'],
  [/\b(?=[0-9a-f]*\d)[0-9a-f]{12,64}\b|\b(?=[0-9a-f]*\d)[0-9a-f]{4,64}…/g, 'DIGEST'],
  [
    /\b[\d.,]+ (?:ms|s|min|h)(?: \d+ (?:s|min))?\b|\b[\d.,]+ (?:毫秒|秒|分钟|分|小时|时)(?: ?\d+ (?:秒|分钟|分))?/g,
    'TIME',
  ],
  [/\b[\d.,]+ [KMGT]i?B\b/g, 'SIZE'],
  [/\d[\d,]*(?:\.\d+)*/g, '#'],
  // Where a branch of a tree stands depends on what else there is.
  [/[├└]─/g, '├─'],
  [/│/g, ' '],
  [/\s+/g, ' '],
];

function formOf(line: string): string {
  return kinds.reduce((text, [pattern, form]) => text.replaceAll(pattern, form), line).trim();
}

/** Whether a shown line is what a printed line is, `…` standing for any text. */
export function isOfForm(shown: string, printed: string): boolean {
  const [first = '', ...rest] = formOf(shown).split('…');
  const text = formOf(printed);
  if (rest.length === 0) return first === text;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest.slice(0, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  const last = rest.at(-1) ?? '';
  return text.endsWith(last) && text.length - last.length >= at;
}

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

const filled = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

/**
 * What a page shows and a command does not print, or prints beyond it. Results must come in the order shown and whole,
 * but rows of a form that is shown may be more; progress may come in any order and be more than is shown.
 */
export function differences(shown: readonly string[], { stdout, stderr }: Printed): string[] {
  const results = filled(stdout);
  const progress = filled(stderr);
  const wanted = shown.filter((line) => line.trim() !== '');
  const row = (line: string) => wanted.some((each) => each.trim() !== '…' && isOfForm(each, line));
  const wrong: string[] = [];
  let at = 0;
  let gap = false;
  for (const line of wanted) {
    if (line.trim() === '…') {
      gap = true;
      continue;
    }
    let found = at;
    while (found < results.length && !isOfForm(line, results[found] ?? '')) found += 1;
    if (found < results.length && (gap || results.slice(at, found).every(row))) {
      at = found + 1;
      gap = false;
      continue;
    }
    const other = progress.findIndex((each) => isOfForm(line, each));
    if (other >= 0) progress.splice(other, 1);
    else wrong.push(`not printed: ${line}`);
  }
  if (!gap)
    wrong.push(
      ...results
        .slice(at)
        .filter((line) => !row(line))
        .map((line) => `not shown: ${line}`),
    );
  return wrong;
}

/** The same for JSON: the same keys with values of the same kind, texts compared as lines are. */
export function jsonDifferences(shown: unknown, printed: unknown, path = '$'): string[] {
  if (typeof shown === 'string' && typeof printed === 'string')
    return isOfForm(shown, printed) ? [] : [`${path}: ${shown} is not ${printed}`];
  if (Array.isArray(shown) && Array.isArray(printed)) {
    if (shown.length > printed.length) return [`${path}: ${String(printed.length)} entries`];
    return shown.flatMap((each, at) => jsonDifferences(each, printed[at], `${path}[${String(at)}]`));
  }
  if (isRecord(shown) && isRecord(printed)) {
    // The key `…` stands for others.
    const more = '…' in shown ? [] : Object.keys(printed);
    const keys = new Set([...Object.keys(shown), ...more]);
    keys.delete('…');
    return [...keys].flatMap((key) => jsonDifferences(shown[key], printed[key], `${path}.${key}`));
  }
  return typeof shown === typeof printed && Array.isArray(shown) === Array.isArray(printed)
    ? []
    : [`${path}: ${JSON.stringify(shown)} is not ${JSON.stringify(printed)}`];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
