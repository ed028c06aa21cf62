import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { writeTinyAdapter, writeTinyModel } from './testing/tiny-model.ts';
import { textOf } from '../contract/generator.ts';
import { completionBody } from './completion.ts';
import { modelSettings, type ModelSettings } from './settings.ts';
import { openLlamaEngine } from './open-engine.ts';

const modelPath = writeTinyModel();
const path = writeTinyAdapter();

async function written(adapter?: ModelSettings['adapter']): Promise<string> {
  const settings = { modelPath, threads: 1, slots: 1, context: 128, ...(adapter && { adapter }) };
  const engine = await openLlamaEngine(modelSettings.parse(settings));
  const request = completionBody.parse({ prompt: 'hello', maxTokens: 12 });
  const pieces: string[] = [];
  for await (const piece of textOf(engine.complete(request, new AbortController().signal)))
    pieces.push(piece);
  return pieces.join('');
}

test('an adapter changes what its base says, and at scale 0 changes nothing', async () => {
  const plain = await written();
  expect(await written({ path })).not.toBe(plain);
  expect(await written({ path, scale: 0 })).toBe(plain);
});

test.each([
  ['is not there', '/nowhere/adapter.gguf', 'it cannot be opened'],
  ['is no GGUF file', foreign(), 'it is not a GGUF file'],
  ['is a whole model', modelPath, 'llama.cpp cannot apply it to the model'],
])('an adapter that %s is named', async (_what, file, why) => {
  await expect(written({ path: file })).rejects.toMatchObject({
    code: 'TOW_SERVE_REPLICA_MODEL_UNREADABLE',
    message: `cannot use the adapter ${file}: ${why}`,
  });
});

function foreign(): string {
  const file = `${path}.txt`;
  writeFileSync(file, 'text');
  return file;
}
