import type { Finding } from './reporter.ts';

/**
 * A copy of the value in which unknown keys are gone, or named as they were meant, and misspelt values are as they were
 * meant: what the checks beyond a schema can still look at. Other mistakes stay.
 */
export function mended(value: unknown, found: readonly Finding[]): unknown {
  const copy: unknown = structuredClone(value);
  for (const { path, at = 'value', nearest } of found) {
    const key = path.at(-1);
    const parent = path
      .slice(0, -1)
      .reduce<unknown>(
        (node, segment) => (isBranch(node) && Object.hasOwn(node, segment) ? node[segment] : undefined),
        copy,
      );
    if (key === undefined || !isBranch(parent)) continue;
    if (at === 'value' && nearest !== undefined) parent[key] = nearest;
    if (at !== 'key') continue;
    const sibling = nearest !== undefined && !Object.hasOwn(parent, nearest) ? nearest : undefined;
    if (sibling !== undefined && !sibling.includes('.')) parent[sibling] = parent[key];
    Reflect.deleteProperty(parent, key);
  }
  return copy;
}

function isBranch(node: unknown): node is Record<string | number, unknown> {
  return typeof node === 'object' && node !== null;
}
