/**
 * The candidate that was most likely meant: fewest edits (insert, delete, replace, swap of neighbours), at most a third
 * of the length; letter case, `-` and `_` do not count. Undefined when none is near.
 */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  const wanted = fold(text);
  if (wanted.length === 0 || wanted.length > 64) return undefined;
  let best: string | undefined;
  let fewest = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, fold(candidate));
    if (distance < fewest) {
      best = candidate;
      fewest = distance;
    }
  }
  return best;
}

function fold(text: string): string {
  return text.toLowerCase().replaceAll(/[-_ ]/g, '');
}

/** Optimal string alignment distance. */
export function editDistance(a: string, b: string): number {
  let twoBack: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let edits = Math.min(replace, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        edits = Math.min(edits, (twoBack[j - 2] ?? 0) + 1);
      }
      row.push(edits);
    }
    twoBack = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}
