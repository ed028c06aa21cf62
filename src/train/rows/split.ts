import { createHash } from 'node:crypto';

/** Share of the rows without a document that is trained on; the rest validates. */
const trainShare = 0.95;

/** The split of a row that belongs to no document: it follows from its id alone, so adding rows moves no other. */
export function splitOfId(id: string): 'train' | 'validation' {
  const hash = createHash('sha256').update(`example\n${id}`).digest();
  return hash.readUIntBE(0, 6) / 2 ** 48 < trainShare ? 'train' : 'validation';
}
