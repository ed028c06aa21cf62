import { createHash } from 'node:crypto';
import type { DocumentRecord } from '../../contract/documents/document.ts';

export interface SplitShares {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** The split of a document: it follows from its identity and the shares alone, so adding a document moves no other. */
export function splitOf(id: string, shares: SplitShares): DocumentRecord['split'] {
  const hash = createHash('sha256').update(`split\n${id}`).digest();
  const place = hash.readUIntBE(0, 6) / 2 ** 48;
  if (place < shares.train) return 'train';
  return place < shares.train + shares.validation ? 'validation' : shares.test > 0 ? 'test' : lastOf(shares);
}

/** Shares that sum to one but for rounding leave no gap at the end. */
function lastOf(shares: SplitShares): DocumentRecord['split'] {
  return shares.validation > 0 ? 'validation' : 'train';
}
