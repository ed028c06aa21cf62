import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { canonicalJson, type Json } from '../core/canonical-json.ts';
import { digestSchema } from '../core/digest-schema.ts';
import { digestBytes, type Digest } from '../core/digest.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say, type Message } from '../core/messages/message.ts';
import { jsonFormat } from './json-format.ts';

/** Settings of the answer path that belong to a release and travel with it. */
interface ServingParameters {
  /** Tokens a model may see at once. */
  readonly context: number;
  /** Tokens a model may write for one answer. */
  readonly maxTokens: number;
  readonly temperature: number;
  /** Passages retrieved for a question. */
  readonly passages: number;
  /** Support below which an answer is declined, 0 to 1. */
  readonly declineBelow: number;
  readonly [key: string]: Json;
}

export interface ModelReference {
  /** Artifact: a folder with `model.gguf` and `model.json`. */
  readonly artifact: Digest;
  /** SHA-256 of the weights themselves, as published. */
  readonly weights: Digest;
  readonly name: string;
  readonly licence: string;
  readonly origin: string;
}

/** A change to the generator that is served over it. */
export interface AdapterReference {
  /** Artifact: a folder with `adapter.gguf` and `adapter.json`. */
  readonly artifact: Digest;
  /** SHA-256 of `adapter.gguf`. */
  readonly weights: Digest;
  readonly name: string;
}

/** The immutable content of a release; who made it and when is in the records, so that equal content is one release. */
export interface ReleaseManifest {
  readonly project: string;
  readonly dataset: Digest;
  readonly index: Digest;
  readonly models: {
    readonly generator?: ModelReference;
    readonly adapter?: AdapterReference;
    readonly embedder?: ModelReference;
  };
  readonly prompts: Readonly<Record<string, string>>;
  readonly serving: ServingParameters;
  /** Evaluation report artifact. */
  readonly report: Digest;
  /** Answers artifacts by suite digest: what later releases are compared with. */
  readonly answers: Digest;
  /** Digest over the code of every step that made it. */
  readonly code: Digest;
}

const modelReference = z.strictObject({
  artifact: digestSchema,
  weights: digestSchema,
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

const fields = z.strictObject({
  project: z.string().min(1),
  dataset: digestSchema,
  index: digestSchema,
  models: z.strictObject({
    generator: modelReference.optional(),
    adapter: adapterReference.optional(),
    embedder: modelReference.optional(),
  }),
  prompts: z.record(z.string(), z.string()),
  serving: servingSchema,
  report: digestSchema,
  answers: digestSchema,
  code: digestSchema,
});

const format = jsonFormat({
  ...{ file: 'manifest.json', version: 1, fields },
  unreadable: ({ why, where, cause }) => invalid(why, where, cause),
});

/** The manifest's text: keys sorted, so that equal content has equal bytes and one digest. */
export function serialiseManifest(manifest: ReleaseManifest): string {
  const sorted: unknown = JSON.parse(
    canonicalJson({ schema: format.version, ...manifest } as unknown as Json),
  );
  return `${JSON.stringify(sorted, null, 2)}\n`;
}

/** The digest under which the manifest is an artifact: that of its bytes. */
export function manifestDigest(manifest: ReleaseManifest): Digest {
  return digestBytes(serialiseManifest(manifest));
}

/** @throws TowpathError TOW_RELEASE_MANIFEST_INVALID with every field that is wrong */
export function parseManifest(text: string, where?: string): ReleaseManifest {
  return format.parse(text, where) as ReleaseManifest;
}

/** Reads the manifest of a release artifact, which is one file. @throws TowpathError TOW_RELEASE_MANIFEST_INVALID */
export async function readManifest(path: string): Promise<ReleaseManifest> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw invalid(say('contract.no-file'), path, cause);
  });
  return parseManifest(text, path);
}

function invalid(why: Message, where: string, cause?: unknown): TowpathError {
  return new TowpathError('TOW_RELEASE_MANIFEST_INVALID', say('release.manifest-invalid', { why }), {
    where,
    cause,
  });
}
