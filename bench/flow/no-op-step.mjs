import { writeFile } from 'node:fs/promises';
import { z } from 'zod';

/** Writes its number to a file: as little as a step can do. */
export const step = {
  name: 'bench.noop',
  module: import.meta.url,
  params: z.strictObject({ n: z.number() }),
  inputs: [],
  optionalInputs: ['before'],
  outputs: ['number'],
  async run({ params, outputs }) {
    await writeFile(outputs.number, `${params.n}\n`);
  },
};

/** The same, in a process of its own for every step. */
export const freshStep = { ...step, name: 'bench.noop-fresh', exportName: 'freshStep', fresh: true };
