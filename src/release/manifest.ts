import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { canonicalJson, type Json } from '../core/canonical-json.ts';
import { digestBytes, isDigest, type Digest } from '../core/digest.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { encode, say, type Message } from '../core/messages/message.ts';
import { zodErrorText } from '../core/messages/zod-error.ts';
import type { ReleaseManifest } from '../contract/release-manifest.ts';

const digest = z.custom<Digest>(
  (value) => typeof value === 'string' && isDigest(value),
  encode(say('fields.not-digest')),
);

const modelReference = z.strictObject({
  artifact: digest,
  weights: digest,
  name: z.string().min(1),
  licence: z.string().min(1),
  origin: z.string().min(1),
});

const adapterReference = modelReference.pick({ artifact: true, weights: true, name: true });

export const servingSchema = z
  .object({
    context: z.int().positive(),
    maxTokens: z.int().positive(),
    temperature: z.number().min(0),
    passages: z.int().positive(),
    declineBelow: z.number().min(0).max(1),
  })
  .catchall(z.json());

const manifestSchema = z.strictObject({
  schema: z.literal(1),
  project: z.string().min(1),
  dataset: digest,
  index: digest,
  models: z.strictObject({
    generator: modelReference.optional(),
    adapter: adapterReference.optional(),
    embedder: modelReference.optional(),
  }),
  prompts: z.record(z.string(), z.string()),
  serving: servingSchema,
  report: digest,
  answers: digest,
  code: digest,
});

/** The manifest's text: keys sorted, so that equal content has equal bytes and one digest. */
export function serialiseManifest(manifest: ReleaseManifest): string {
  const sorted: unknown = JSON.parse(canonicalJson(manifest as unknown as Json));
  return `${JSON.stringify(sorted, null, 2)}\n`;
}

/** The digest under which the manifest is an artifact: that of its bytes. */
export function manifestDigest(manifest: ReleaseManifest): Digest {
  return digestBytes(serialiseManifest(manifest));
}

/** @throws TowpathError TOW_RELEASE_MANIFEST_INVALID with every field that is wrong */
export function parseManifest(text: string, where = 'manifest.json'): ReleaseManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid(say('release.not-json'), where, cause);
  }
  const schema: unknown = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : 1;
  if (typeof schema === 'number' && schema > 1) {
    throw invalid(say('release.manifest-newer', { found: schema, known: 1 }), where);
  }
  const result = manifestSchema.safeParse(value);
  if (!result.success) throw invalid(zodErrorText(result.error), where, result.error);
  return result.data as ReleaseManifest;
}

/** Reads the manifest of a release artifact. @throws TowpathError TOW_RELEASE_MANIFEST_INVALID */
export async function readManifest(path: string): Promise<ReleaseManifest> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw invalid(say('release.unreadable'), path, cause);
  }
  return parseManifest(text, path);
}

function invalid(why: Message, where: string, cause?: unknown): TowpathError {
  return new TowpathError('TOW_RELEASE_MANIFEST_INVALID', say('release.manifest-invalid', { why }), {
    where,
    cause,
  });
}
