import { expect, test } from 'vitest';
import { sectionContext } from '../project/testing/section-context.ts';
import { serveSection } from './section.ts';

const context = await sectionContext('/project');
const check = async (value: unknown) =>
  (await serveSection.check?.(serveSection.schema.parse(value), context))?.map(({ path }) => path.join('.'));

test('an empty or absent section has the defaults of the handbook', () => {
  const defaults = {
    host: '127.0.0.1',
    port: 7411,
    replicas: 1,
    threads: 'auto',
    slots: 2,
    queue: 32,
    deadline: 30_000,
    drain: 20_000,
  };
  expect(serveSection.schema.parse({})).toEqual(defaults);
  expect(serveSection.schema.parse(undefined)).toEqual(defaults);
});

test('times are read as people write them', () => {
  expect(serveSection.schema.parse({ deadline: '2m', drain: '500ms' })).toMatchObject({
    deadline: 120_000,
    drain: 500,
  });
});

test.each([
  { deadline: 'soon' },
  { deadline: '0s' },
  { drain: '2h' },
  { port: 70_000 },
  { slots: 0 },
  { prot: 1 },
])('refuses %j', (value) => {
  expect(serveSection.schema.safeParse(value).success).toBe(false);
});

test('refuses to be reached from outside, and more threads than cores', async () => {
  expect(await check({ host: '0.0.0.0' })).toEqual(['serve.host']);
  expect(await check({ host: '::1' })).toEqual([]);
  expect(await check({ threads: 500 })).toEqual(['serve.threads']);
});
