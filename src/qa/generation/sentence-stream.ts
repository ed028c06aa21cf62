import { sentences } from '../../text/sentences.ts';

/** Whole sentences from pieces of text as they come; what is left at the end counts as the last one. */
export async function* sentenceStream(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  let enough = 0;
  for await (const piece of pieces) {
    rest += piece;
    // A long sentence is looked at again when it has grown by a tenth: at every piece, the work would grow as its square.
    if (rest.length < enough) continue;
    const found = sentences(rest);
    // The last one may still grow: "3." may become "3.5".
    for (const sentence of found.slice(0, -1)) yield sentence.text;
    const last = found.at(-1);
    if (last !== undefined) rest = rest.slice(last.start);
    enough = rest.length < 256 ? 0 : rest.length * 1.1;
  }
  for (const sentence of sentences(rest)) yield sentence.text;
}
