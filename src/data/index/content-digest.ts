import { createHash } from 'node:crypto';
import { canonicalJson } from '../../core/canonical-json.ts';
import type { Digest } from '../../core/digest.ts';
import type { Passage } from '../../contract/passage.ts';

export function contentDigest(passages: readonly Passage[]): Digest {
  const hash = createHash('sha256');
  for (const passage of passages) hash.update(`${canonicalJson({ ...passage })}\n`);
  return hash.digest('hex') as Digest;
}
