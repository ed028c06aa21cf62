import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { canonicalJson, type Json } from './canonical-json.ts';

declare const digestBrand: unique symbol;

/** A SHA-256 in lower-case hexadecimal, 64 characters. */
export type Digest = string & { readonly [digestBrand]: true };

/** Whether the text is a whole digest: 64 lower-case hexadecimal characters. */
export function isDigest(text: string): text is Digest {
  return /^[0-9a-f]{64}$/.test(text);
}

/** Takes text for a digest, accepting an OCI-style `sha256:` prefix. @throws TypeError when it is none. */
export function asDigest(text: string): Digest {
  const bare = text.startsWith('sha256:') ? text.slice('sha256:'.length) : text;
  if (!isDigest(bare)) throw new TypeError(`not a SHA-256 digest: ${JSON.stringify(text.slice(0, 80))}`);
  return bare;
}

/** The first 12 characters: what people see and may type. */
export function shortDigest(digest: Digest): string {
  return digest.slice(0, 12);
}

export function digestBytes(bytes: string | Uint8Array): Digest {
  return createHash('sha256').update(bytes).digest('hex') as Digest;
}

/** Digest of a value by its canonical JSON: key order does not matter. */
export function digestJson(value: Json): Digest {
  return digestBytes(canonicalJson(value));
}

/** Digest of a file's bytes, streamed. Rejects with the file system's error when it cannot be read. */
export async function digestFile(path: string, signal?: AbortSignal): Promise<Digest> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, { ...(signal && { signal }) });
  return hash.digest('hex') as Digest;
}
