import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Digest } from '../../core/digest.ts';
import { writeCurves } from '../../train/curves/report.ts';
import { Kept } from '../testing/kept.ts';
import { releaseReport, runPage, type PageDeps } from './page-view.ts';

let kept: Kept;
let deps: PageDeps;
beforeEach(async () => {
  kept = await Kept.open();
  deps = { flow: kept.flow, store: kept.store, pagesDir: kept.path('pages') };
});
afterEach(() => kept.close());

const scored = (id: string, startedAt: number, report?: Digest) =>
  kept.run(
    id,
    { score: report === undefined ? { status: 'failed' } : { status: 'done', outputs: { report } } },
    { startedAt, steps: [{ name: 'score', kind: 'evaluate.score' }] },
  );

describe('the page of a report', () => {
  it('is that of the newest run that has one, or of the run that is named', async () => {
    await scored('run-1', 1, await kept.report());
    await scored('run-2', 2, await kept.report({ verdict: 'failed' }));
    await scored('run-3', 3);
    const newest = await runPage('report', undefined, 'en', deps);
    expect(newest.of).toBe('run-2');
    const named = await runPage('report', 'run-1', 'en', deps);
    expect(named.of).toBe('run-1');
    expect(named.page).not.toBe(newest.page);
    for (const { page } of [newest, named]) expect(await readFile(page, 'utf8')).toMatch(/^<!doctype html>/i);
  });

  it('is the Chinese one for a Chinese reader, beside the English', async () => {
    await scored('run-1', 1, await kept.report());
    const { page } = await runPage('report', 'last', 'zh', deps);
    expect(basename(page)).toBe('report.zh.html');
    expect(await readFile(page, 'utf8')).toContain('lang="zh');
    expect(await readFile(page.replace('.zh', ''), 'utf8')).toContain('lang="en');
  });

  it('is drawn anew whenever it is asked for', async () => {
    await scored('run-1', 1, await kept.report());
    const { page } = await runPage('report', 'run-1', 'en', deps);
    await writeFile(page, 'of an earlier version');
    await runPage('report', 'run-1', 'en', deps);
    expect(await readFile(page, 'utf8')).not.toContain('of an earlier version');
  });

  it('that there is none of is told: of the run that was named, how far it came; of none, what to do', async () => {
    await expect(runPage('report', undefined, 'en', deps)).rejects.toMatchObject({ code: 'TOW_APP_NO_PAGE' });
    await scored('run-1', 1);
    await expect(runPage('report', 'run-1', 'en', deps)).rejects.toMatchObject({
      ...{ code: 'TOW_APP_NO_PAGE', exitCode: 2 },
      message: expect.stringContaining('run-1') as string,
      hint: expect.stringContaining('towpath run show run-1') as string,
    });
    await expect(runPage('report', 'run-9', 'en', deps)).rejects.toMatchObject({
      code: 'TOW_FLOW_RUN_UNKNOWN',
    });
  });

  it('is not drawn from a report that is damaged', async () => {
    const report = await kept.report();
    await scored('run-1', 1, report);
    await kept.damage(report, 'report.json');
    await expect(runPage('report', undefined, 'en', deps)).rejects.toMatchObject({
      code: 'TOW_STORE_ARTIFACT_TAMPERED',
    });
  });

  it('of a release is that of its own report', async () => {
    const report = await kept.report({ verdict: 'failed' });
    const release = await kept.release({ report });
    await scored('run-1', 1, await kept.report());
    const { of, page } = await releaseReport(release, 'en', deps);
    expect(of).toBe('r1');
    await scored('run-2', 2, report);
    expect((await runPage('report', 'run-2', 'en', deps)).page).toBe(page);
  });
});

describe('the page of curves', () => {
  it('is found by its own step, and drawn without any job too', async () => {
    await scored('run-1', 1, await kept.report());
    await expect(runPage('curves', undefined, 'en', deps)).rejects.toMatchObject({ code: 'TOW_APP_NO_PAGE' });
    await writeCurves(kept.path('tmp'), { jobs: [] });
    const curves = await kept.folder({ 'curves.json': await readFile(kept.path('tmp/curves.json'), 'utf8') });
    await kept.run(
      'run-2',
      { curves: { status: 'done', outputs: { curves } } },
      { startedAt: 2, steps: [{ name: 'curves', kind: 'train.curves' }] },
    );
    const { of, page } = await runPage('curves', undefined, 'zh', deps);
    expect([of, basename(page)]).toEqual(['run-2', 'curves.zh.html']);
    expect(await readFile(page, 'utf8')).toContain('lang="zh');
  });
});
