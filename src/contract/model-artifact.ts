import { z } from 'zod';
import { digestSchema } from '../core/digest-schema.ts';
import { jsonFormat } from './json-format.ts';

/** Name of the weights in a model artifact. */
export const weightsFile = 'model.gguf';

const weights = z.object({
  format: z.literal('gguf'),
  architecture: z.string(),
  /** Tokens it was trained to see at once, when the header says so. */
  context: z.int().optional(),
  parameters: z.number(),
  /** The tensor type that most parameters have: `Q4_1`. */
  quantisation: z.string(),
  tensors: z.int(),
});

/** What the header of a GGUF file says. */
export type GgufFacts = Readonly<z.output<typeof weights>>;

const fields = z.object({
  name: z.string().min(1),
  licence: z.string().min(1),
  /** Place it was fetched from, or the job that made it. */
  origin: z.string().min(1),
  /** SHA-256 of the file as published: before any conversion. */
  sha256: digestSchema,
  /** Size of the weights in this artifact. */
  bytes: z.int(),
  weights,
  /** Set when they were made from another format. */
  convertedFrom: z.literal('safetensors').optional(),
});

/** What a model artifact says of itself. */
export type ModelRecord = Readonly<z.output<typeof fields>>;

/** The `model.json` beside the weights. */
export const modelFormat = jsonFormat({ file: 'model.json', version: 1, fields });
