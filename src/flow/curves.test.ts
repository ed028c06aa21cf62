import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CurveWriter } from './curves.ts';
import { openHistory, type History } from './testing/history.ts';

describe('the curves of a step', () => {
  let dir: string;
  let history: History;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-curves-'));
    history = await openHistory(join(dir, 'towpath.db'));
    await history.run('run-1', [{ name: 'fit', writes: {} }]);
  });
  afterEach(async () => {
    await history.records.close();
    await rm(dir, { recursive: true });
  });
  const points = () => history.records.curves.of('run-1', 'fit');

  it('are on the disk when it ends, and some time before without its end', async () => {
    const writer = new CurveWriter(history.records.curves, 'run-1', 'fit');
    for (const step of [1, 2]) writer.add({ step, loss: 3 - step });
    expect(await points()).toEqual([]);
    await writer.end();
    expect(await points()).toHaveLength(2);
    for (const step of [3, 4]) writer.add({ step, loss: 0 });
    await expect.poll(points, { timeout: 20_000 }).toHaveLength(4);
    for (const step of [5, 6]) writer.add({ step, loss: 0 });
    await expect.poll(points, { timeout: 20_000 }).toHaveLength(6);
    await writer.end();
    expect((await points()).map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('cost nothing else where they cannot be written', async () => {
    const refusing = { ...history.records.curves, add: () => Promise.reject(new Error('full')) };
    const writer = new CurveWriter(refusing, 'run-1', 'fit');
    writer.add({ step: 1, loss: 1 });
    await expect(writer.end()).resolves.toBeUndefined();
  });
});
