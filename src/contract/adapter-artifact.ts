import { z } from 'zod';
import { digestSchema } from '../core/digest-schema.ts';
import { jsonFormat } from './json-format.ts';

/** Name of the weights in an adapter artifact: a change to a model, served over it. */
export const adapterFile = 'adapter.gguf';

const adapter = z.strictObject({
  name: z.string().min(1),
  /** SHA-256 of the weights it was trained on, as published; over any others it says nothing sensible. */
  base: digestSchema,
  /** SHA-256 and size of its own. */
  sha256: digestSchema,
  bytes: z.int(),
  rank: z.int(),
  alpha: z.number(),
});

/** A folder that stands for no adapter: the model is served as it is. */
const none = z.strictObject({ none: z.literal(true) });

/** The `adapter.json` beside the weights. */
export const adapterFormat = jsonFormat({
  file: 'adapter.json',
  version: 1,
  fields: z.union([none, adapter]),
});
