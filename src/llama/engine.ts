import type { CompletionBody } from './completion.ts';
import type { ModelInfo } from './settings.ts';
import type { CompletionEvent } from '../contract/generator.ts';

export interface EngineLoad {
  readonly slots: number;
  readonly busy: number;
  readonly waiting: number;
  readonly queue: number;
  /** Tokens read and written and texts embedded since it was opened. */
  readonly progress: number;
}

/** Runs one model inside the replica's process. */
export interface Engine {
  readonly info: ModelInfo;
  load(): EngineLoad;
  /**
   * Decodes one request: waits for a slot, yields text as it comes and the ending last.
   *
   * @throws TOW_SERVE_REPLICA_PROMPT_TOO_LONG, TOW_SERVE_REPLICA_BUSY or the signal's reason; the slot is free again
   * by the time the iterator has ended, however it ended.
   */
  complete(request: CompletionBody, signal: AbortSignal): AsyncGenerator<CompletionEvent>;
  embed(texts: readonly string[], signal: AbortSignal): Promise<number[][]>;
}
