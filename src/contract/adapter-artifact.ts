/** The `adapter.json` beside `adapter.gguf` in an adapter artifact: a change to a model, served over it. */
export interface AdapterRecord {
  readonly schema: 1;
  readonly name: string;
  /** SHA-256 of the weights it was trained on, as published; over any others it says nothing sensible. */
  readonly base: string;
  /** SHA-256 of `adapter.gguf`. */
  readonly sha256: string;
  /** Size of `adapter.gguf`. */
  readonly bytes: number;
  readonly rank: number;
  readonly alpha: number;
}

/** The `adapter.json` of a folder that stands for no adapter: the model is served as it is. */
export interface NoAdapter {
  readonly schema: 1;
  readonly none: true;
}
