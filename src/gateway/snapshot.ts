import type { AnswerOptions, QaRequest } from '../qa/service.ts';
import type { Answer } from '../contract/answer.ts';
import type { Completer } from '../contract/generator.ts';

/** What the gateway needs of the question-answering service. */
export interface Answerer {
  answer(request: QaRequest, options: AnswerOptions): Promise<Answer>;
}

/** Everything that answers requests, of one release; never changed, only replaced whole. */
export interface Snapshot {
  /** Name of the release: `r3`. */
  readonly release: string;
  /** When it was made live, in milliseconds since the epoch: `created` of its models. */
  readonly since: number;
  readonly qa: Answerer;
  /** The raw model, when the release has one. */
  readonly generator?: {
    readonly name: string;
    readonly model: Completer;
    /** Tokens of prompt and answer together. */
    readonly context: number;
  };
}

/** A snapshot in use: counts the requests that still work with it. */
export class Lease {
  readonly snapshot: Snapshot;
  #inFlight = 0;
  #retired = false;
  #drained = () => undefined as void;
  /** Resolves when it is retired and its last request has ended. */
  readonly drained: Promise<void>;

  constructor(snapshot: Snapshot) {
    this.snapshot = snapshot;
    this.drained = new Promise((resolve) => (this.#drained = resolve));
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Counts a request in; the returned function counts it out, once. */
  enter(): () => void {
    this.#inFlight++;
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.#inFlight--;
      this.#settle();
    };
  }

  /** No new request will enter. */
  retire(): Promise<void> {
    this.#retired = true;
    this.#settle();
    return this.drained;
  }

  #settle(): void {
    if (this.#retired && this.#inFlight === 0) this.#drained();
  }
}
