import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
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

/** The part of a tokens artifact's `tokens.json` that is worth showing. */
const manifest = z.object({
  schema: z.literal(1),
  context: z.int(),
  vocabulary: z.int(),
  splits: z.object({ train: split, validation: split }),
});
type TokensManifest = z.infer<typeof manifest>;

export async function readTokens(folder: string): Promise<TokensManifest> {
  return manifest.parse(JSON.parse(await readFile(join(folder, 'tokens.json'), 'utf8')));
}

export function tokensFacts({
  context,
  vocabulary,
  splits: { train, validation },
}: TokensManifest): StepFacts {
  return { context, vocabulary, train, validation };
}
