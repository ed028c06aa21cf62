import { isMap, isSeq, isScalar, type Node } from 'yaml';
import { rangeOf, resolved, type ParsedYaml, type Range } from './parse.ts';
import type { Path } from './problem.ts';

/** Which part of an entry to point at: its key, its value, or the key of what it is missing from. */
export type Target = 'key' | 'value' | 'parent';

/**
 * Where a path of the value stands in the text; when the path leads nowhere (a missing key), the nearest thing above
 * it. An alias is followed to the text that it stands for.
 */
export function rangeAt(parsed: ParsedYaml, path: Path, target: Target): Range {
  const trail = walk(parsed, path);
  const missing = trail.length < path.length;
  const last = trail.at(missing || target !== 'parent' ? -1 : -2);
  if (last === undefined) return firstToken(parsed);
  const wantsKey = missing || target !== 'value' || rangeOf(last.value).end === rangeOf(last.value).start;
  if (wantsKey && last.key) return rangeOf(last.key);
  return last.value ? rangeOf(last.value) : firstToken(parsed);
}

/** The node that stands at a path, aliases followed; undefined where the path leads nowhere. */
export function nodeAt(parsed: ParsedYaml, path: Path): Node | undefined {
  if (path.length === 0) return resolved(parsed.document.contents, parsed.document);
  const trail = walk(parsed, path);
  return trail.length === path.length ? trail.at(-1)?.value : undefined;
}

interface Entry {
  readonly key: Node | undefined;
  readonly value: Node | undefined;
}

function walk({ document }: ParsedYaml, path: Path): Entry[] {
  const trail: Entry[] = [];
  let node = resolved(document.contents, document);
  for (const segment of path) {
    const entry = step(node, segment, document);
    if (!entry) break;
    trail.push(entry);
    node = entry.value;
  }
  return trail;
}

function step(
  node: Node | undefined,
  segment: string | number,
  document: ParsedYaml['document'],
): Entry | undefined {
  if (isMap(node)) {
    // Of a key that stands there twice, the last one counts.
    const pair = node.items.findLast(({ key }) => isScalar(key) && String(key.value) === String(segment));
    return pair && { key: resolved(pair.key, document), value: resolved(pair.value, document) };
  }
  if (isSeq(node) && typeof segment === 'number' && segment in node.items) {
    return { key: undefined, value: resolved(node.items[segment], document) };
  }
  return undefined;
}

function firstToken({ text }: ParsedYaml): Range {
  const start = text.search(/^(?!\s*(?:#|$))\s*\S/m);
  const at = start === -1 ? 0 : start + (/^\s*/.exec(text.slice(start))?.[0].length ?? 0);
  return { start: at, end: at };
}
