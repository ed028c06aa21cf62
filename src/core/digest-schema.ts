import { z } from 'zod';
import { isDigest, type Digest } from './digest.ts';
import { encode, say } from './messages/message.ts';

/** A digest in what was written to a file. */
export const digestSchema = z.custom<Digest>(
  (value) => typeof value === 'string' && isDigest(value),
  encode(say('fields.not-digest')),
);
