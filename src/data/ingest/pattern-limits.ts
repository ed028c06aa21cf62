import { say, type Message } from '../../core/messages/message.ts';

const longest = 1000;
/** Patterns that braces may stand for: each is searched for by itself. */
const mostWays = 1000;
/** Wildcards between two slashes, and `**` in all: a name is tried in as many ways as a power of these. */
const mostWildcards = 4;

/** Why a pattern would cost too much to match, for a file that may come from somebody else; undefined when it does not. */
export function tooCostly(pattern: string): Message | undefined {
  if (pattern.length > longest) return say('section.pattern-long', { most: longest });
  if (waysOf(pattern) > mostWays) return say('section.pattern-braces', { most: mostWays });
  const inPart = (part: string): number => (part === '**' ? 0 : (part.match(/\*+|[+?@!]\(/g)?.length ?? 0));
  const parts = pattern.split('/');
  if (parts.some((part) => inPart(part) > mostWildcards) || count(parts, '**') > mostWildcards)
    return say('section.pattern-wild', { most: mostWildcards });
  return undefined;
}

/** How many patterns the braces of one make: alternatives add up, what follows one another multiplies. */
function waysOf(pattern: string): number {
  const open: { sum: number; product: number; from: number }[] = [{ sum: 0, product: 1, from: 0 }];
  for (let at = 0; at < pattern.length; at += 1) {
    const top = open.at(-1);
    const character = pattern.charAt(at);
    if (top === undefined) break;
    if (character === '\\') at += 1;
    else if (character === '{') open.push({ sum: 0, product: 1, from: at + 1 });
    else if (character === ',' && open.length > 1) {
      top.sum += top.product;
      top.product = 1;
    } else if (character === '}' && open.length > 1) {
      open.pop();
      const above = open.at(-1);
      const ways = Math.max(top.sum + top.product, rangeOf(pattern.slice(top.from, at)));
      if (above !== undefined) above.product *= ways;
    }
  }
  // A brace that is never closed is a letter.
  return open.reduce((product, { sum, product: own }) => product * (sum + own), 1);
}

/** `1..9` and `a..e` stand for each between them. */
function rangeOf(text: string): number {
  const [from, to] = text.split('..');
  if (from === undefined || to === undefined) return 1;
  const [a, b] = [from, to].map((end) => (/^-?\d+$/.test(end) ? Number(end) : end.charCodeAt(0)));
  return Math.abs((b ?? 0) - (a ?? 0)) + 1;
}

function count(parts: readonly string[], wanted: string): number {
  return parts.filter((part) => part === wanted).length;
}
