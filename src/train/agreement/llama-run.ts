import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import { openContext } from '../../llama/context.ts';
import { loadModel } from '../../llama/load.ts';
import { modelSettings } from '../../llama/settings.ts';
import type { Reference } from './reference.ts';

export interface LlamaRunOptions {
  /** GGUF file of the model. */
  readonly model: string;
  /** GGUF file of an adapter over it. */
  readonly adapter: string | undefined;
  readonly threads: number;
  readonly signal: AbortSignal;
  /** Called after each prompt and each text. */
  readonly onDone: () => void;
}

/** What llama.cpp makes of the same prompts and texts. */
export interface LlamaRun {
  /** The likeliest tokens after each prompt, as many as the reference has. */
  readonly next: readonly (readonly number[])[];
  /** Mean negative log-likelihood of the texts' tokens, in nats. */
  readonly surprise: number;
}

/** Each place carries the probability of every token of the vocabulary: megabytes, until the call is over. */
const placesAtOnce = 32;
/** As replicas feed prompts: what is compared is what will be served. */
const batchSize = 512;
/** Below the smallest float32 a probability reads as nought; its logarithm must stay a number. */
const leastProbability = 1e-45;

/** Runs a model in this very process, one prompt after the other, so that the same file gives the same figures. */
export async function runLlama(reference: Reference, options: LlamaRunOptions): Promise<LlamaRun> {
  const { model: modelPath, adapter, threads, signal, onDone } = options;
  const lengths = [
    ...reference.prompts.map(({ tokens, next }) => tokens.length + next.length),
    ...reference.texts.map((text) => text.length),
  ];
  const context = Math.max(64, ...lengths);
  const settings = modelSettings.parse({
    ...{ modelPath, threads, slots: 1, context },
    ...(adapter !== undefined && { adapter: { path: adapter } }),
  });
  const loaded = await loadModel(settings);
  try {
    const sequence = (await openContext(loaded, settings, context, batchSize)).getSequence();
    const next: number[][] = [];
    for (const prompt of reference.prompts) {
      signal.throwIfAborted();
      next.push(await continued(sequence, prompt.tokens as Token[], prompt.next.length));
      onDone();
    }
    let surprise = 0;
    for (const text of reference.texts) {
      surprise += await surpriseAt(sequence, text as Token[], signal);
      onDone();
    }
    return { next, surprise: surprise / Math.max(1, reference.scored) };
  } finally {
    await loaded.llama.dispose();
  }
}

async function continued(sequence: LlamaContextSequence, prompt: Token[], count: number): Promise<number[]> {
  await sequence.clearHistory();
  const found: number[] = [];
  // The end of the text is a token like any other here: what the model would say after it is compared too.
  for await (const token of sequence.evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
    found.push(token);
    if (found.length >= count) break;
  }
  return found;
}

/** Sum of the negative log-likelihoods of every token but the first. */
async function surpriseAt(
  sequence: LlamaContextSequence,
  text: readonly Token[],
  signal: AbortSignal,
): Promise<number> {
  await sequence.clearHistory();
  let sum = 0;
  for (let start = 0; start < text.length - 1; start += placesAtOnce) {
    signal.throwIfAborted();
    const part = text.slice(start, Math.min(start + placesAtOnce, text.length - 1));
    const results = await sequence.controlledEvaluate(
      part.map((token) => [token, { generateNext: { probabilities: true } }]),
    );
    for (const [at, result] of results.entries()) {
      const token = text[start + at + 1];
      const probability = token === undefined ? undefined : result?.next.probabilities?.get(token);
      sum -= Math.log(Math.max(probability ?? 0, leastProbability));
    }
  }
  return sum;
}
