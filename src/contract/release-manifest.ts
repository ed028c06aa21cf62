import type { Digest } from '../core/digest.ts';
import type { Json } from '../core/canonical-json.ts';

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
  readonly schema: 1;
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
