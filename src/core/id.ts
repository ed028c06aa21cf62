import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A new identifier such as `run-1k3f9q2hv-x7d2p`: sorts by creation time to the millisecond, and five random
 * characters (33 million) keep two made in one millisecond apart.
 */
export function newId(prefix: string, clock: Clock, bytes: (n: number) => Uint8Array = randomBytes): string {
  const time = base32(clock.now()).padStart(9, '0');
  const tail = Array.from(bytes(5), (byte) => alphabet[byte & 31]).join('');
  return `${prefix}-${time}-${tail}`;
}

function base32(value: number): string {
  let rest = Math.floor(value);
  let text = '';
  do {
    text = `${alphabet[rest % 32] ?? ''}${text}`;
    rest = Math.floor(rest / 32);
  } while (rest > 0);
  return text;
}
