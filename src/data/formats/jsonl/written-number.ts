/**
 * The digits of a number that stands at the top of an object, as the line of JSON has them: a number of JavaScript keeps
 * some sixteen, and an identity is all of them. The line is known to be valid; of a field told twice the last one counts,
 * as it does to the parser. Undefined where the field is no number.
 */
export function writtenNumber(line: string, field: string): string | undefined {
  let depth = 0;
  let key: unknown;
  let found: string | undefined;
  let token = nextToken(line, 0);
  for (; token !== undefined; token = nextToken(line, token.end)) {
    const { text } = token;
    if (text === '{' || text === '[') depth += 1;
    else if (text === '}' || text === ']') depth -= 1;
    else if (depth !== 1) continue;
    else if (text === ',') key = undefined;
    else if (key === undefined && text.startsWith('"')) key = JSON.parse(text);
    else if (key === field && text !== ':') found = /^[-\d]/.test(text) ? text : undefined;
  }
  return found;
}

interface Token {
  readonly text: string;
  /** Offset after it. */
  readonly end: number;
}

function nextToken(line: string, from: number): Token | undefined {
  let start = from;
  while (start < line.length && isSpace(line.charAt(start))) start += 1;
  if (start >= line.length) return undefined;
  const end = tokenEnd(line, start);
  return { text: line.slice(start, end), end };
}

function tokenEnd(line: string, start: number): number {
  let end = start + 1;
  if (line[start] === '"') {
    end = line.indexOf('"', end);
    while (isEscaped(line, end)) end = line.indexOf('"', end + 1);
    return end + 1;
  }
  if (isMark(line.charAt(start))) return end;
  while (end < line.length && !isMark(line.charAt(end)) && !isSpace(line.charAt(end))) end += 1;
  return end;
}

function isEscaped(line: string, at: number): boolean {
  let first = at;
  while (line[first - 1] === '\\') first -= 1;
  return (at - first) % 2 === 1;
}

function isMark(character: string): boolean {
  return '{}[],:'.includes(character);
}

function isSpace(character: string): boolean {
  return ' \t\n\r'.includes(character);
}
