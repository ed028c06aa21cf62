/**
 * Reciprocal rank fusion (Cormack et al., 2009): each list gives 1 / (60 + rank) to what it holds. Needs no scale in
 * common between word scores and cosines. Equal sums go by the order of the first list.
 */
export function fuse<T>(
  lists: readonly (readonly T[])[],
  identity: (item: T) => string,
  constant = 60,
): { readonly item: T; readonly score: number }[] {
  const found = new Map<string, { item: T; score: number }>();
  for (const list of lists) {
    for (const [rank, item] of list.entries()) {
      const id = identity(item);
      const entry = found.get(id) ?? { item, score: 0 };
      entry.score += 1 / (constant + rank + 1);
      found.set(id, entry);
    }
  }
  return [...found.values()].sort((a, b) => b.score - a.score);
}
