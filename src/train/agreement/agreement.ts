import { z } from 'zod';
import { jsonFormat } from '../../contract/json-format.ts';
import { isMessage, say, type Message } from '../../core/messages/message.ts';
import type { LlamaRun } from './llama-run.ts';
import type { Reference } from './reference.ts';

const difference = z.object({
  /** Number of the prompt, from 0. */
  prompt: z.int(),
  /** Number of the first token that differs, from 0. */
  at: z.int(),
  pytorch: z.int(),
  llama: z.int().nullable(),
  /** How far PyTorch's token was above its second one, in logits. */
  gap: z.number(),
});

/** A prompt whose continuation is another one in llama.cpp. */
type Difference = z.output<typeof difference>;

const bounds = z.object({
  /** Largest difference of perplexities, as a share. */
  perplexity: z.number(),
  /** Whether every prompt must be continued alike, ties aside. */
  tokens: z.boolean(),
});

type Bounds = z.output<typeof bounds>;

const fields = z.object({
  /** Tensor type of the GGUF file: `F16`. */
  quantisation: z.string(),
  prompts: z.int(),
  /** Prompts that both continue with the very same tokens. */
  identical: z.int(),
  /** Prompts that part where PyTorch itself all but hesitates between two tokens. */
  ties: z.int(),
  differences: z.array(difference),
  perplexity: z.object({
    tokens: z.int(),
    pytorch: z.number(),
    llama: z.number(),
    /** llama.cpp's over PyTorch's, minus one. */
    excess: z.number(),
  }),
  bounds,
  /** What is outside its bounds; empty when all is well. */
  faults: z.array(z.custom<Message>(isMessage)),
});

/** How an exported model compares with the trained one. */
export type Agreement = z.output<typeof fields>;

/** The `agreement.json` of an agreement artifact. */
export const agreementFormat = jsonFormat({ file: 'agreement.json', version: 1, fields });

/** Two logits nearer than this are a tie: 16-bit sums decide it, not the model. */
const tie = 0.01;

const exact: ReadonlySet<string> = new Set(['F32', 'F16', 'BF16']);

/**
 * What a GGUF file is held to. Over a quantised base an adapter is compared with the very numbers that the base's blocks
 * stand for, so only the rounding of activations is between the two. Of four bits only a broken export is caught: a base
 * that was quantised before loses up to a fifth when it is quantised again.
 */
function boundsFor(quantisation: string, adapter: boolean): Bounds {
  if (exact.has(quantisation)) return { perplexity: 0.005, tokens: true };
  return { perplexity: adapter || quantisation === 'Q8_0' ? 0.02 : 0.25, tokens: false };
}

/** Compares the two runs and judges them. */
export function agreementOf(
  reference: Reference,
  run: LlamaRun,
  quantisation: string,
  adapter: boolean,
): Agreement {
  const held = boundsFor(quantisation, adapter);
  const differences = reference.prompts.flatMap((prompt, at) => differenceOf(prompt, run.next[at] ?? [], at));
  const ties = differences.filter(({ gap }) => gap < tie).length;
  const [pytorch, llama] = [Math.exp(reference.surprise), Math.exp(run.surprise)];
  const excess = Math.expm1(run.surprise - reference.surprise);
  const faults: Message[] = [];
  if (held.tokens && differences.length > ties) {
    const worst = differences
      .filter(({ gap }) => gap >= tie)
      .map(({ prompt, gap }) => say('agreement.prompt', { number: prompt + 1, gap: gap.toPrecision(2) }));
    faults.push(
      say('agreement.continued', {
        count: worst.length,
        all: reference.prompts.length,
        worst: worst.slice(0, 5),
      }),
    );
  }
  // Written so that a figure which is no number is a fault too.
  if (!(Math.abs(excess) <= held.perplexity)) {
    faults.push(
      say('agreement.perplexity', {
        llama: llama.toPrecision(4),
        pytorch: pytorch.toPrecision(4),
        excess: percent(excess),
        bound: percent(held.perplexity),
      }),
    );
  }
  return {
    ...{ quantisation, prompts: reference.prompts.length },
    ...{ identical: reference.prompts.length - differences.length, ties, differences },
    ...{ perplexity: { tokens: reference.scored, pytorch, llama, excess }, bounds: held, faults },
  };
}

function differenceOf(
  { next, gaps }: Reference['prompts'][number],
  found: readonly number[],
  prompt: number,
): Difference[] {
  const at = next.findIndex((token, place) => token !== found[place]);
  const pytorch = next[at];
  if (pytorch === undefined) return [];
  return [{ prompt, at, pytorch, llama: found[at] ?? null, gap: gaps[at] ?? Number.POSITIVE_INFINITY }];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
