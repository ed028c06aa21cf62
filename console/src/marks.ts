/** A piece of an answer: text, or the number of a citation. */
export type Piece = { readonly text: string } | { readonly citation: number };

/** Cuts an answer at its `[n]` marks; a number that cites nothing stays text. */
export function pieces(answer: string, known: ReadonlySet<number>): Piece[] {
  const found: Piece[] = [];
  let start = 0;
  for (const match of answer.matchAll(/\[(\d{1,3})\]/g)) {
    const citation = Number(match[1]);
    if (!known.has(citation)) continue;
    const text = answer.slice(start, match.index).trimEnd();
    if (text !== '') found.push({ text });
    found.push({ citation });
    start = match.index + match[0].length;
  }
  if (start < answer.length) found.push({ text: answer.slice(start) });
  return found;
}

/** The sentences of an answer that rest on a citation, without their marks. */
export function claims(answer: string, citation: number): string[] {
  const found: string[] = [];
  // A sentence carries its marks at its end: "It is so. [1][2] "
  let start = 0;
  for (const match of answer.matchAll(/\[\d{1,3}\](?:\s*\[\d{1,3}\])*[.。!?！？]?/g)) {
    const text = answer
      .slice(start, match.index)
      .replace(/^[.。!?！？\s]+/, '')
      .trim();
    if (text !== '' && match[0].includes(`[${citation}]`)) found.push(text);
    start = match.index + match[0].length;
  }
  return found;
}
