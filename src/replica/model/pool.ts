import type { ReplicaClient } from './client.ts';
import {
  textOf,
  type Completer,
  type CompletionEvent,
  type Embedder,
  type GenerateRequest,
  type Generator,
} from '../../contract/generator.ts';

/** Several replicas as whoever supervises them hands them out: deploy's `ReplicaSet<ReplicaClient>` is one. */
export interface Replicas {
  run<T>(work: (client: ReplicaClient) => Promise<T>, signal: AbortSignal): Promise<T>;
  stream<T>(work: (client: ReplicaClient) => AsyncIterable<T>, signal: AbortSignal): AsyncIterable<T>;
}

/** Many replicas of one model, used as if they were one. */
export class ReplicaPool implements Generator, Completer, Embedder {
  readonly #replicas: Replicas;

  constructor(replicas: Replicas) {
    this.#replicas = replicas;
  }

  generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<string> {
    return textOf(this.complete(request, signal));
  }

  complete(request: GenerateRequest, signal: AbortSignal): AsyncIterable<CompletionEvent> {
    return this.#replicas.stream((client) => client.complete(request, signal), signal);
  }

  embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    return this.#replicas.run((client) => client.embed(texts, signal), signal);
  }
}
