import type { GgufFacts } from './weights/gguf.ts';

/** The `model.json` beside `model.gguf` in a model artifact. */
export interface ModelRecord {
  readonly schema: 1;
  readonly name: string;
  readonly licence: string;
  /** Place it was fetched from. */
  readonly origin: string;
  /** SHA-256 of the file as published: before any conversion. */
  readonly sha256: string;
  /** Size of `model.gguf`. */
  readonly bytes: number;
  readonly weights: GgufFacts;
  /** Set when `model.gguf` was made from another format. */
  readonly convertedFrom?: 'safetensors';
}
