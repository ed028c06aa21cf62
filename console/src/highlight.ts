/** A stretch of a passage, and whether the answer rests on it. */
export interface Stretch {
  readonly text: string;
  readonly marked: boolean;
}

const sentence = /[^。！？!?.\n]+[。！？!?.\n]*/gu;
const word = /\p{Script=Han}|[\p{L}\p{N}]+/gu;

/** Share of the claim's words from which on a sentence counts as what it rests on. */
const enough = 0.5;

/** Marks where a passage says what the claims say: word for word, or the sentence that shares most words. */
export function highlighted(passage: string, claims: readonly string[]): Stretch[] {
  const ranges = claims.flatMap((claim) => {
    const at = passage.indexOf(claim);
    if (at >= 0) return [[at, at + claim.length] as const];
    const nearest = nearestSentence(passage, claim);
    return nearest === undefined ? [] : [nearest];
  });
  return stretches(passage, ranges);
}

function nearestSentence(passage: string, claim: string): readonly [number, number] | undefined {
  const wanted = new Set(claim.toLowerCase().match(word));
  if (wanted.size === 0) return undefined;
  let best: readonly [number, number] | undefined;
  let most = enough;
  for (const { index, 0: text } of passage.matchAll(sentence)) {
    const have = new Set(text.toLowerCase().match(word));
    const shared = [...wanted].filter((each) => have.has(each)).length / wanted.size;
    if (shared < most) continue;
    most = shared;
    const lead = text.length - text.trimStart().length;
    best = [index + lead, index + text.trimEnd().length];
  }
  return best;
}

function stretches(passage: string, ranges: readonly (readonly [number, number])[]): Stretch[] {
  const found: Stretch[] = [];
  let done = 0;
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (end <= done) continue;
    const from = Math.max(start, done);
    if (from > done) found.push({ text: passage.slice(done, from), marked: false });
    found.push({ text: passage.slice(from, end), marked: true });
    done = end;
  }
  if (done < passage.length) found.push({ text: passage.slice(done), marked: false });
  return found;
}
