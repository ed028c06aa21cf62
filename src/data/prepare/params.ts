import { z } from 'zod';
import type { DataConfig } from '../data-section.ts';
import { maskKinds } from './mask/kinds.ts';

/** Parameters of `data.prepare`. */
export const prepareParams = z.strictObject({
  minCharacters: z.number(),
  languages: z.array(z.string()),
  mask: z.array(z.enum(maskKinds)),
  keep: z.array(z.string()),
  deduplicate: z.enum(['exact', 'off']),
  split: z.strictObject({ train: z.number(), validation: z.number(), test: z.number() }),
});
export type PrepareParams = z.infer<typeof prepareParams>;

/** The step's parameters from the project file; lists sorted, because their order changes no result. */
export function prepareParamsOf(data: DataConfig): PrepareParams {
  return {
    minCharacters: data.min_characters,
    languages: [...new Set(data.languages)].sort(),
    mask: [...new Set(data.mask)].sort(),
    keep: [...new Set(data.keep)].sort(),
    deduplicate: data.deduplicate,
    split: data.split,
  };
}
