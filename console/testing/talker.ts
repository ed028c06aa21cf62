import type { Answer } from '../../src/contract/answer.ts';
import type { Answerer } from '../../src/gateway/snapshot.ts';
import { answer } from './answers.ts';

/** A question that was asked, and what may be done with it. */
export interface Asked {
  readonly question: string;
  readonly signal: AbortSignal;
  say(text: string): void;
  finish(change?: Partial<Answer>): void;
  fail(error: Error): void;
}

/** Answers as it is told to, sentence by sentence. */
export class Talker implements Answerer {
  readonly asked: Asked[] = [];

  answer({ question }: Parameters<Answerer['answer']>[0], options: Parameters<Answerer['answer']>[1]) {
    const { signal, onSentence } = options;
    return new Promise<Answer>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      this.asked.push({
        ...{ question, signal, fail: reject },
        say: (text) => onSentence?.({ text, citations: [] }),
        finish: (change) => resolve(answer(change)),
      });
    });
  }
}
