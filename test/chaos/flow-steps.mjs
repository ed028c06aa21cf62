import { writeFile } from 'node:fs/promises';
import { z } from 'zod';

export { step } from '../../src/flow/testing/steps.mjs';

/** Writes that many bytes, after another step has ended. */
export const big = {
  name: 'test.big',
  module: import.meta.url,
  exportName: 'big',
  params: z.strictObject({ bytes: z.number() }),
  inputs: ['after'],
  outputs: ['bytes'],
  async run({ params, outputs }) {
    await writeFile(outputs.bytes, new Uint8Array(params.bytes));
  },
};
