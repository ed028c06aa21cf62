import type { Path } from './problem.ts';
import type { Finding } from './reporter.ts';

/**
 * A copy of the value in which unknown keys are gone, or named as they were meant, and misspelt values are as they were
 * meant: what the checks beyond a schema can still look at. Other mistakes stay.
 */
export function mended(value: unknown, found: readonly Finding[]): unknown {
  const copy: unknown = structuredClone(value);
  for (const { path, at = 'value', nearest } of found) {
    const key = path.at(-1);
    const parent = valueAt(copy, path.slice(0, -1));
    if (key === undefined || !isBranch(parent)) continue;
    if (at === 'value' && nearest !== undefined) parent[key] = nearest;
    if (at !== 'key') continue;
    const sibling = nearest !== undefined && !Object.hasOwn(parent, nearest) ? nearest : undefined;
    if (sibling !== undefined && !sibling.includes('.')) parent[sibling] = parent[key];
    Reflect.deleteProperty(parent, key);
  }
  return copy;
}

/**
 * A copy of the value without the wrong settings of entries in lists: what is left tells of their neighbours. Of other
 * wrong settings the defaults would stand in, and what a check says then may not be so: they stay.
 */
export function withoutWrongSettings(value: unknown, found: readonly Finding[]): unknown {
  const copy: unknown = structuredClone(value);
  for (const { path } of found) {
    const key = path.at(-1);
    const parent = valueAt(copy, path.slice(0, -1));
    if (entryOf(path).length < path.length && typeof key === 'string' && isBranch(parent))
      Reflect.deleteProperty(parent, key);
  }
  return copy;
}

/** Whether a place lies in an entry of a list in which nothing was found wrong. */
export function inWholeEntry(path: Path, found: readonly Finding[]): boolean {
  const entry = entryOf(path);
  return (
    entry.length > 0 &&
    !found.some((finding) => entry.every((segment, index) => finding.path[index] === segment))
  );
}

/** The part of a path that leads to the entry of the outermost list; empty where there is none. */
function entryOf(path: Path): Path {
  return path.slice(0, path.findIndex((segment) => typeof segment === 'number') + 1);
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (node, segment) => (isBranch(node) && Object.hasOwn(node, segment) ? node[segment] : undefined),
    value,
  );
}

function isBranch(node: unknown): node is Record<string | number, unknown> {
  return typeof node === 'object' && node !== null;
}
