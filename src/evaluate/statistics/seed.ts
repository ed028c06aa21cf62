import { digestBytes } from '../../core/digest.ts';
import { seededRandom, type Random } from '../../core/random.ts';

/** A generator of its own for each purpose, so that adding one figure moves no other. */
export function randomFor(seed: number, purpose: string): Random {
  return seededRandom(Number.parseInt(digestBytes(`${String(seed)} ${purpose}`).slice(0, 8), 16));
}
