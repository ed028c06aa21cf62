import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Digest } from '../../core/digest.ts';
import { render, say, verbatim } from '../../core/messages/message.ts';
import { rejectLine } from '../../data/ingest/reject.ts';
import type { StepChange } from '../../store/records/run-records.ts';
import type { LeftOutRecord } from '../records/run.ts';
import { Kept } from '../testing/kept.ts';
import { leftOutView } from './left-out-view.ts';

let kept: Kept;
beforeEach(async () => {
  kept = await Kept.open();
});
afterEach(() => kept.close());

const lines = (...records: readonly object[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');
const short = rejectLine('docs/a.md', {
  code: 'TOW_DATA_TOO_SHORT',
  reason: verbatim('it has 3 characters'),
});
const binary = rejectLine('docs/b.csv#7', {
  ...{ code: 'TOW_DATA_FILE_BINARY', reason: say('left-out.jumped'), line: 8 },
});

/** A run of the steps that take documents in, and of any others. */
async function run(steps: Readonly<Record<string, StepChange & { readonly kind: string }>>): Promise<void> {
  const named = Object.entries(steps).map(([name, { kind }]) => ({ name, kind }));
  const changes = Object.fromEntries(
    Object.entries(steps).map(([name, { kind: _, ...change }]) => [name, change]),
  );
  await kept.run('run-1', changes, { steps: named });
}
const view = async () => leftOutView(await kept.flow.show('run-1'), kept.store);
async function all(): Promise<LeftOutRecord[]> {
  const found: LeftOutRecord[] = [];
  for await (const record of (await view()).list()) found.push(record);
  return found;
}
const done = (kind: string, outputs: Record<string, Digest>, facts: StepChange['facts'] = {}) =>
  ({ kind, status: 'done', outputs, facts }) as const;

it('counts over all steps, and lists each with its step, place, reason and code', async () => {
  const documents = await kept.folder({ 'rejects.jsonl': lines(binary) });
  const dataset = await kept.folder({
    'rejects.jsonl': lines(short),
    'masked.jsonl': lines(
      { source: 'docs/c.md', line: 3, kind: 'email' },
      { source: 'docs/c.md', title: true, kind: 'phone' },
    ),
  });
  await run({
    ingest: done('data.ingest', { documents }, { rejected: { TOW_DATA_FILE_BINARY: 1 } }),
    prepare: done(
      'data.prepare',
      { dataset },
      {
        rejected: { TOW_DATA_TOO_SHORT: 1, TOW_DATA_FILE_BINARY: 2, TOW_DATA_LANGUAGE: 0 },
        masked: { email: 1, phone: 1, ip: 0 },
      },
    ),
  });
  const { run: id, rejected, masked, unfinished } = await view();
  expect({ run: id, rejected, masked, unfinished }).toEqual({
    ...{ run: 'run-1', unfinished: [], masked: { email: 1, phone: 1 } },
    rejected: { TOW_DATA_FILE_BINARY: 3, TOW_DATA_TOO_SHORT: 1 },
  });
  expect(await all()).toMatchObject([
    { outcome: 'rejected', step: 'ingest', source: 'docs/b.csv#7', line: 8, code: 'TOW_DATA_FILE_BINARY' },
    { outcome: 'rejected', step: 'prepare', source: 'docs/a.md', reason: 'it has 3 characters' },
    { outcome: 'masked', step: 'prepare', source: 'docs/c.md', line: 3, kind: 'email' },
    { outcome: 'masked', step: 'prepare', source: 'docs/c.md', title: true, kind: 'phone' },
  ]);
});

it('gives a reason in English and as a text of both languages', async () => {
  const documents = await kept.folder({ 'rejects.jsonl': lines(binary) });
  await run({ ingest: done('data.ingest', { documents }) });
  const [reject] = await all();
  if (reject?.outcome !== 'rejected') throw new Error('nothing was rejected');
  expect(reject.reason).toBe(render(say('left-out.jumped'), 'en'));
  expect(render(reject.text, 'zh')).toMatch(/\p{Script=Han}/u);
});

it('reads what earlier versions wrote: reasons in English alone, and masked places by count alone', async () => {
  const dataset = await kept.folder({
    'rejects.jsonl': lines({ source: 'a.md', code: 'TOW_DATA_TOO_SHORT', reason: 'it is {short}' }),
  });
  await run({ prepare: done('data.prepare', { dataset }, { masked: { email: 2 } }) });
  expect((await view()).masked).toEqual({ email: 2 });
  const [reject, ...more] = await all();
  expect(more).toEqual([]);
  if (reject?.outcome !== 'rejected') throw new Error('nothing was rejected');
  expect([reject.reason, render(reject.text, 'zh')]).toEqual(['it is {short}', 'it is {short}']);
});

it('has the list that a failed step left, and says that it did not finish', async () => {
  await run({
    ingest: { kind: 'data.ingest', status: 'failed' },
    prepare: { kind: 'data.prepare', status: 'skipped' },
  });
  await mkdir(kept.path('logs/run-1'), { recursive: true });
  await writeFile(join(kept.path('logs/run-1'), 'ingest.rejects.jsonl'), lines(binary, binary, short));
  const { rejected, unfinished } = await view();
  expect(rejected).toEqual({ TOW_DATA_FILE_BINARY: 2, TOW_DATA_TOO_SHORT: 1 });
  expect(unfinished).toEqual(['ingest', 'prepare']);
  expect(await all()).toHaveLength(3);
});

it('is empty, not broken, where nothing has been done yet', async () => {
  await run({
    ingest: { kind: 'data.ingest', status: 'running' },
    index: { kind: 'data.index', status: 'pending' },
  });
  expect(await view()).toMatchObject({ rejected: {}, masked: {}, unfinished: ['ingest'] });
  expect(await all()).toEqual([]);
});

it('tells by count what training cut, left out and jumped over; nothing of what it did not', async () => {
  await run({
    tokens: done('train.tokens', {}, { train: { cut: 3, refused: 0 }, validation: { cut: 0, refused: 2 } }),
    fit: done('train.fit', {}, { skipped: 4 }),
    'fit-other': done('train.fit', {}, { skipped: 0 }),
    old: done('train.tokens', {}, {}),
  });
  const found = await all();
  expect(found).toMatchObject([
    { outcome: 'shortened', step: 'tokens', count: 3 },
    { outcome: 'skipped', step: 'tokens', count: 2 },
    { outcome: 'skipped', step: 'fit', count: 4 },
  ]);
  for (const record of found) {
    if (!('what' in record)) throw new Error('told by its place');
    expect(render(record.whatText, 'en')).toBe(record.what);
    expect(render(record.whatText, 'zh')).toMatch(/\p{Script=Han}/u);
  }
});

it('says that what it reads is damaged or gone rather than leaving it out', async () => {
  const documents = await kept.folder({ 'rejects.jsonl': lines(binary) });
  const dataset = await kept.folder({ 'rejects.jsonl': lines(short) });
  await run({ ingest: done('data.ingest', { documents }), prepare: done('data.prepare', { dataset }) });
  await kept.lose(dataset);
  await expect(all()).rejects.toMatchObject({ code: 'TOW_STORE_ARTIFACT_MISSING' });
  await kept.damage(documents, 'rejects.jsonl');
  await expect(all()).rejects.toMatchObject({ code: 'TOW_STORE_ARTIFACT_TAMPERED' });
});
