import { z } from 'zod';
import { jsonFormat } from '../../contract/json-format.ts';
import type { StepFacts } from '../../flow/step.ts';

const split = z.object({
  sequences: z.int(),
  tokens: z.int(),
  targets: z.int(),
  rows: z.int(),
  /** Rows cut at the end of the context. */
  cut: z.int(),
  /** Rows left out, because nothing of their answer would have fitted. */
  refused: z.int(),
});

const fields = z.object({
  shape: z.enum(['text', 'rows', 'scores']),
  context: z.int(),
  vocabulary: z.int(),
  splits: z.object({ train: split, validation: split }).catchall(split),
});

/** The part of a `tokens.json` that is worth showing. */
export type TokensManifest = z.output<typeof fields>;

/** The `tokens.json` of a tokens artifact, which the trainer writes. */
export const tokensFormat = jsonFormat({ file: 'tokens.json', version: 1, fields });

export function tokensFacts({
  context,
  vocabulary,
  splits: { train, validation },
}: TokensManifest): StepFacts {
  return { context, vocabulary, train, validation };
}
