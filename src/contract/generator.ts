/** One turn of a conversation. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** What a model is asked to write. */
export interface GenerateRequest extends Sampling {
  /** A raw prompt; give this or `messages`. */
  readonly prompt?: string;
  /** Put into the model's own chat template. */
  readonly messages?: readonly ChatMessage[];
}

interface Sampling {
  readonly maxTokens: number;
  /** 0 always takes the likeliest token. @default 0 */
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly minP?: number;
  /** Matters only above temperature 0: the same seed gives the same text. @default 0 */
  readonly seed?: number;
  /** Texts that end the answer; they are not part of it. */
  readonly stop?: readonly string[];
  /** A GBNF grammar that the answer must follow. */
  readonly grammar?: string;
}

export interface TokenUsage {
  readonly promptTokens: number;
  /** Prompt tokens whose state the slot still held from its last request. */
  readonly cachedTokens: number;
  readonly completionTokens: number;
}

/** `stop`: the model or a stop text ended it; `length`: `maxTokens` or the context did. */
export type FinishReason = 'stop' | 'length';

/** A piece of text as it is decoded, and at the very end, once, how it ended. */
export type CompletionEvent =
  | { readonly text: string; readonly finish?: never; readonly usage?: never }
  | { readonly finish: FinishReason; readonly usage: TokenUsage; readonly text?: never };

/** Writes text. */
export interface Generator {
  /** Pieces of text as they are decoded. Aborting the signal stops the decoder and rejects with its reason. */
  generate(request: GenerateRequest, signal: AbortSignal): AsyncIterable<string>;
}

/** Writes text and says how it ended: what an OpenAI-compatible endpoint has to report. */
export interface Completer {
  complete(request: GenerateRequest, signal: AbortSignal): AsyncIterable<CompletionEvent>;
}

/** Turns texts into vectors of one length, comparable by cosine. */
export interface Embedder {
  embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>;
}

/** The text pieces of a completion. */
export async function* textOf(events: AsyncIterable<CompletionEvent>): AsyncGenerator<string> {
  for await (const event of events) if (event.text !== undefined) yield event.text;
}
