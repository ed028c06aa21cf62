import { createHash } from 'node:crypto';
import { canonicalJson } from '../../core/canonical-json.ts';
import type { Digest } from '../../core/digest.ts';
import type { Passage } from '../../core/passage.ts';

/** The `index.json` beside the table of an index artifact. */
export interface IndexManifest {
  readonly schema: 1;
  readonly documents: number;
  readonly passages: number;
  /** Passages by language. */
  readonly languages: Readonly<Record<string, number>>;
  /** How the words were made; a question must be cut the same way. */
  readonly terms: string;
  readonly dense: boolean;
  /** SHA-256 of the weights of the model that made the vectors, and their length. */
  readonly embedder?: { readonly weights: string; readonly dimensions: number };
  /** Digest over the passages in order: equal for equal content, though the bytes of the table differ. */
  readonly content: Digest;
}

export function contentDigest(passages: readonly Passage[]): Digest {
  const hash = createHash('sha256');
  for (const passage of passages) hash.update(`${canonicalJson({ ...passage })}\n`);
  return hash.digest('hex') as Digest;
}
