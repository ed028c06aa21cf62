import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { render } from '../../core/messages/message.ts';
import type { EvaluationReport } from '../../contract/evaluation-report.ts';
import { digest, gate, Kept } from '../testing/kept.ts';
import { releaseDetailView, releaseView } from './release-view.ts';

let kept: Kept;
beforeEach(async () => {
  kept = await Kept.open();
});
afterEach(() => kept.close());

const promote = (release: string, action: 'promote' | 'rollback', reason: string) =>
  kept.store.records.releases.promote({ release, action, actor: 'bob', reason });

describe('a release in a list', () => {
  it('has its name, its digest, when and by whom it was made, and what its gates looked at', async () => {
    const before = Date.now();
    const report = await kept.report({
      gates: [
        gate,
        { ...gate, language: 'zh', figure: 0.5 },
        { ...gate, metric: 'latency.p95', rule: 'max', bound: 800, figure: 712.5 },
        { ...gate, metric: 'answer.exact_match', figure: null },
      ],
    });
    const release = await kept.release({ report }, { run: 'run-7' });
    const { created, ...view } = await releaseView(release, kept.store);
    expect(view).toEqual({
      ...{ name: 'r1', digest: release.manifest, live: false, by: 'ann', run: 'run-7' },
      figures: { 'answer.f1': 0.75, 'answer.f1 zh': 0.5, 'latency.p95': 712.5 },
    });
    expect(created).toBe(new Date(created).toISOString());
    expect(Date.parse(created)).toBeGreaterThanOrEqual(before);
  });

  it('is live while its promotion is the last, by a rollback too', async () => {
    const releases = [await kept.release(), await kept.release({ index: digest('other') })];
    const live = async () =>
      (await Promise.all(releases.map((each) => releaseView(each, kept.store)))).map((each) => each.live);
    expect(await live()).toEqual([false, false]);
    await promote('r1', 'promote', 'because');
    await promote('r2', 'promote', 'because');
    expect(await live()).toEqual([false, true]);
    await promote('r1', 'rollback', 'because');
    expect(await live()).toEqual([true, false]);
  });

  it('names no run where none is known', async () => {
    expect(await releaseView(await kept.release(), kept.store)).toMatchObject({ run: '' });
  });

  it('is told who gave it up, and when', async () => {
    await kept.release();
    const release = await kept.store.records.releases.giveUp('r1', 'eve');
    const { givenUp } = await releaseView(release, kept.store);
    expect(givenUp?.by).toBe('eve');
    expect(givenUp?.at).toBe(new Date(release.givenUp?.at ?? 0).toISOString());
  });

  it.each(['manifest', 'report'] as const)('says in both languages that its %s is damaged', async (what) => {
    const report = await kept.report();
    const release = await kept.release({ report });
    const damaged = what === 'report' ? report : release.manifest;
    await kept.damage(damaged, what === 'report' ? 'report.json' : '');
    const { damage = '', damageText = '', figures } = await releaseView(release, kept.store);
    expect(figures).toEqual({});
    expect(damage).toContain(damaged.slice(0, 12));
    expect(render(damageText, 'en')).toBe(damage);
    expect(render(damageText, 'zh')).toMatch(/\p{Script=Han}/u);
    await expect(releaseDetailView(release, kept.store)).rejects.toMatchObject({
      code: 'TOW_STORE_ARTIFACT_TAMPERED',
    });
  });

  it('has no figures, and is not called damaged, when its report was removed', async () => {
    const report = await kept.report();
    const release = await kept.release({ report });
    await kept.lose(report);
    const view = await releaseView(release, kept.store);
    expect(view).toMatchObject({ name: 'r1', figures: {} });
    expect(view.damage).toBeUndefined();
    await expect(releaseDetailView(release, kept.store)).rejects.toMatchObject({
      code: 'TOW_STORE_ARTIFACT_MISSING',
    });
  });

  it('of a newer version is listed, and told when it is asked for', async () => {
    const { digest: manifest } = await kept.store.artifacts.put('{"schema":2}', 'release');
    const release = await kept.store.records.releases.create({ manifest, createdBy: 'ann' });
    expect(await releaseView(release, kept.store)).toMatchObject({ name: 'r1', figures: {} });
    await expect(releaseDetailView(release, kept.store)).rejects.toMatchObject({
      code: 'TOW_RELEASE_MANIFEST_INVALID',
    });
  });
});

describe('a release by itself', () => {
  it('has its manifest and its parts, with the size of those that are there', async () => {
    const report = await kept.report();
    const dataset = await kept.folder({ 'passages.jsonl': '{}\n' }, 'dataset');
    const release = await kept.release({ report, dataset });
    const { manifest, parts } = await releaseDetailView(release, kept.store);
    expect(manifest).toMatchObject({ project: 'p', dataset, report });
    const sizes = Object.fromEntries(parts.map(({ part, bytes }) => [part, bytes]));
    expect(sizes['dataset']).toBe(3);
    expect(sizes['report']).toBeGreaterThan(100);
    expect(sizes).toHaveProperty('index', undefined);
    expect(parts.find(({ part }) => part === 'index')?.digest).toBe(digest('index'));
  });

  it('says each gate with its bound, its figure and whether it passed, in both languages', async () => {
    const report = await kept.report({
      gates: [
        gate,
        { ...gate, metric: 'latency.p95', rule: 'max', bound: 800, figure: 900, passed: false },
        { ...gate, language: 'zh', rule: 'not_worse_than', bound: -0.02, figure: null },
        { ...gate, rule: 'not_worse_than', bound: 0 },
      ],
    });
    const { gates } = await releaseDetailView(await kept.release({ report }), kept.store);
    expect(
      gates.map(({ metric, language, rule, value, passed }) => [metric, language, rule, value, passed]),
    ).toEqual([
      ['answer.f1', undefined, 'min 0.4', 0.75, true],
      ['latency.p95', undefined, 'max 800', 900, false],
      ['answer.f1', 'zh', 'not worse than live by 0.02', null, true],
      ['answer.f1', undefined, 'not worse than live by 0', 0.75, true],
    ]);
    expect(gates.map(({ ruleText }) => render(ruleText, 'zh'))).toEqual([
      ...['不低于 0.4', '不高于 800', '比上线发布差不超过 0.02', '比上线发布差不超过 0'],
    ]);
  });

  it('says when it was made live and why, oldest first, in the reader’s language where the words are ours', async () => {
    await kept.release();
    const release = await kept.release({ index: digest('other') });
    await promote('r2', 'promote', 'run-7 passed its gates');
    await promote('r1', 'rollback', 'asked for the release before');
    await promote('r2', 'rollback', 'asked for r2');
    await promote('r2', 'promote', 'words of an earlier version');
    const { promotions } = await releaseDetailView(release, kept.store);
    expect(promotions.map(({ by, why }) => [by, why])).toEqual([
      ['bob', 'run-7 passed its gates'],
      ['bob', 'rollback: asked for r2'],
      ['bob', 'words of an earlier version'],
    ]);
    expect(promotions.map(({ whyText }) => render(whyText, 'zh'))).toEqual([
      ...['run-7 通过了门槛', '回滚：要求 r2', 'words of an earlier version'],
    ]);
    const times = promotions.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});

describe('what a release changed', () => {
  const figures = (f1: number, latency: number): Pick<EvaluationReport, 'metrics'> => ({
    metrics: [
      {
        ...{ name: 'answer.f1', better: 'higher', unit: 'share', figure: f1, questions: 10, clusters: 5 },
        ...{ low: f1 - 0.01, high: f1 + 0.01, method: 'bca' },
      },
      {
        ...{ name: 'latency.p95', better: 'lower', unit: 'ms', figure: latency, questions: 10, clusters: 5 },
        ...{ low: 10, high: 5000, method: 'bca' },
      },
    ],
  });

  it('is told against the one made before: parts, settings, and figures with what is noise', async () => {
    await kept.release({ report: await kept.report(figures(0.5, 700)) });
    const release = await kept.release({
      report: await kept.report(figures(0.75, 712)),
      index: digest('other'),
      serving: { context: 2048, maxTokens: 96, temperature: 0, passages: 7, declineBelow: 0.4, glossary: {} },
      prompts: { answer: 'Say it.' },
    });
    const { changes } = await releaseDetailView(release, kept.store);
    expect(changes).toEqual({
      since: 'r1',
      list: [
        { name: 'index', from: digest('index'), to: digest('other') },
        { name: 'glossary', to: '{}' },
        { name: 'passages', from: '5', to: '7' },
        { name: 'answer', to: 'Say it.' },
        {
          ...{ name: 'answer.f1', from: '0.500', to: '0.750', better: true },
          figures: { unit: 'share', from: 0.5, to: 0.75 },
        },
        {
          ...{ name: 'latency.p95', from: '700', to: '712', better: false, noise: true },
          figures: { unit: 'ms', from: 700, to: 712 },
        },
      ],
    });
  });

  it('is an empty list where nothing that is looked at differs', async () => {
    const report = await kept.report();
    await kept.release({ report });
    const release = await kept.release({ report, answers: digest('other answers') });
    const { changes } = await releaseDetailView(release, kept.store);
    expect(changes).toEqual({ since: 'r1', list: [] });
  });

  it('is not known of the first, nor where the one before is gone or damaged', async () => {
    const report = await kept.report();
    const first = await kept.release({ report });
    expect((await releaseDetailView(first, kept.store)).changes).toBeUndefined();
    const release = await kept.release({
      index: digest('other'),
      report: await kept.report({ verdict: 'failed' }),
    });
    await kept.damage(first.manifest);
    expect(await releaseDetailView(release, kept.store)).toMatchObject({ name: 'r2' });
    expect((await releaseDetailView(release, kept.store)).changes).toBeUndefined();
  });
});
