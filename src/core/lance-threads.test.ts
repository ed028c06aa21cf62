import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => vi.unstubAllEnvs());

async function load(env: Readonly<Record<string, string | undefined>>): Promise<[number, number]> {
  for (const name of ['LANCE_CPU_THREADS', 'LANCE_FTS_NUM_SHARDS']) vi.stubEnv(name, env[name]);
  vi.resetModules();
  await import('./lance-threads.ts');
  return [Number(process.env['LANCE_CPU_THREADS']), Number(process.env['LANCE_FTS_NUM_SHARDS'])];
}

test.each([
  [{}],
  [{ LANCE_CPU_THREADS: '1' }],
  [{ LANCE_CPU_THREADS: 'many' }],
  [{ LANCE_FTS_NUM_SHARDS: '9' }],
  [{ LANCE_FTS_NUM_SHARDS: '9', LANCE_CPU_THREADS: '4' }],
])('with %j there are more threads than writers, and at least four', async (env) => {
  const [threads, writers] = await load(env);
  expect(threads).toBeGreaterThan(writers);
  expect(threads).toBeGreaterThanOrEqual(Math.max(4, availableParallelism()));
  expect(writers).toBeGreaterThan(0);
});

test('larger numbers of the user’s own stay', async () => {
  expect(await load({ LANCE_CPU_THREADS: '300', LANCE_FTS_NUM_SHARDS: '7' })).toEqual([300, 7]);
});

test('is imported before the native module, wherever that is', () => {
  const src = fileURLToPath(new URL('..', import.meta.url));
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const texts = files.map((file) => [file, readFileSync(join(src, file), 'utf8')] as const);
  const loading = texts.filter(([, text]) => /^import .* from '@lancedb\/lancedb';$/m.test(text));
  expect(loading.length).toBeGreaterThan(0);
  for (const [file, text] of loading)
    expect(text.split('\n')[0], file).toMatch(/^import '.*\/core\/lance-threads\.ts';$/);
});
