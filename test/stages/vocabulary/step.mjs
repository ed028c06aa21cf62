import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { readDocuments } from '../../../dist/contract/documents/read-documents.js';
import { words } from './words.mjs';

/** @type {import('../../../src/flow/step.ts').StepKind<any>} */
export const countStep = {
  name: 'vocabulary.count',
  module: import.meta.url,
  exportName: 'countStep',
  params: z.strictObject({ most: z.int() }),
  inputs: ['dataset'],
  outputs: ['counts'],
  async run({ inputs, outputs, params }) {
    const counts = new Map();
    for await (const { text } of readDocuments(inputs.dataset.path))
      for (const word of words(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
    const rows = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, params.most);
    await writeFile(outputs.counts, JSON.stringify(rows));
    return { words: counts.size };
  },
};
