/**
 * Whether the run stands in the tokens, one after the other; an empty one does not. Knuth, Morris and Pratt's search:
 * linear, whatever repeats itself in either.
 */
export function holdsRun(tokens: readonly string[], run: readonly string[]): boolean {
  if (run.length === 0) return false;
  // How much of the run's beginning still stands when the token after so many of its tokens is another.
  const rest = [0];
  let kept = 0;
  for (let at = 1; at < run.length; at++) {
    while (kept > 0 && run[at] !== run[kept]) kept = rest[kept - 1] ?? 0;
    if (run[at] === run[kept]) kept++;
    rest.push(kept);
  }
  let matched = 0;
  for (const token of tokens) {
    while (matched > 0 && token !== run[matched]) matched = rest[matched - 1] ?? 0;
    if (token === run[matched]) matched++;
    if (matched === run.length) return true;
  }
  return false;
}
