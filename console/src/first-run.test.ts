import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FirstRun, StepProgress } from '../../src/contract/first-run.ts';
import { hostile } from '../testing/answers.ts';
import { absent, Theatre } from '../testing/theatre.ts';

const run: FirstRun = {
  state: 'running',
  run: 'run-1',
  ms: 3_725_000,
  steps: [
    { name: 'ingest', state: 'cached', ms: 3 },
    { name: 'prepare', state: 'done', ms: 61_000 },
    {
      name: 'index',
      state: 'running',
      ms: 4000,
      progress: { done: 1200, total: 4800, unit: 'passages' },
    },
    { name: 'model', state: 'running', ms: 900, progress: { done: 3 * 2 ** 20, unit: 'bytes' } },
    { name: 'score', state: 'waiting' },
  ],
};

describe.skipIf(absent)('the card of a first run', { timeout: 60_000 }, () => {
  let theatre: Theatre;
  beforeAll(async () => {
    theatre = await Theatre.open();
  });
  afterAll(() => theatre.close());
  afterEach(async () => expect(await theatre.leave()).toEqual([]));

  const show = (change: Partial<FirstRun> = {}, more: { lost?: boolean; language?: 'zh' } = {}) =>
    theatre.show({ part: 'first-run', firstRun: { ...run, ...change }, ...more });

  it('tells each step, how far it is and how long it has taken', async () => {
    const page = await show();
    await page.getByRole('region', { name: 'The first run goes on' }).waitFor();
    await page.getByText('1 h 2 min').waitFor();
    expect(await page.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/^ingest\s+cached\s*$/),
      expect.stringMatching(/^prepare\s+done\s+1 min 1 s$/),
      expect.stringMatching(/^index\s+1,200 \/ 4,800 passages\s+4 s/),
      expect.stringMatching(/^model\s+3\.0 MiB\s+900 ms$/),
      expect.stringMatching(/^score\s+waiting\s*$/),
    ]);
  });

  it('has bars that a screen reader can read: of the run, and of a step whose end is known', async () => {
    const page = await show();
    const whole = page.getByRole('progressbar', { name: '2 of 5 steps are done' });
    expect(await whole.evaluate((bar: HTMLProgressElement) => bar.position)).toBeCloseTo(0.4);
    const index = page.getByRole('progressbar', { name: 'index' });
    expect(await index.evaluate((bar: HTMLProgressElement) => bar.position)).toBeCloseTo(0.25);
    expect(await page.getByRole('progressbar').count()).toBe(2);
  });

  it('never shows more than all of a step', async () => {
    const over: StepProgress = {
      ...{ name: 'index', state: 'running', progress: { done: 9, total: 8, unit: 'passages' } },
    };
    const page = await show({ steps: [over] });
    const index = page.getByRole('progressbar', { name: 'index' });
    expect(await index.evaluate((bar: HTMLProgressElement) => bar.position)).toBe(1);
  });

  it('before there are steps says that it goes on, with no bar', async () => {
    const page = await show({ steps: [] });
    await page.getByText('Questions can be asked as soon as the first release is live.').waitFor();
    expect(await page.getByRole('progressbar').count()).toBe(0);
  });

  it('tells which replica of how many starts', async () => {
    const page = await show({ state: 'starting', replica: { release: 'r1', replica: 2, of: 3 } });
    await page.getByRole('heading', { name: 'The release is starting' }).waitFor();
    await page.getByText('Starting replica 2 of 3 for r1…').waitFor();
  });

  it('tells why it failed and what to do, as text, and promises no release', async () => {
    const error = { code: 'TOW_DATA_NO_FILES', kind: 'user', message: hostile, hint: 'see docs' } as const;
    const page = await show({ state: 'failed', error });
    await page.getByRole('heading', { name: 'The first run failed' }).waitFor();
    const alert = page.getByRole('alert');
    for (const part of [hostile, 'see docs', 'TOW_DATA_NO_FILES'])
      expect(await alert.innerText()).toContain(part);
    expect(await page.getByText('as soon as the first release is live').count()).toBe(0);
    expect(await page.locator('img, b').count()).toBe(0);
  });

  it('says that the service is gone, unless what it told last was the end', async () => {
    const page = await show({}, { lost: true });
    expect(await page.getByRole('alert').innerText()).toContain('cannot be reached');
    for (const state of ['failed', 'cancelled'] as const) {
      await show({ state }, { lost: true });
      expect(await page.getByText('cannot be reached').count()).toBe(0);
    }
  });

  it('speaks Chinese', async () => {
    const page = await show({ state: 'cancelled' }, { language: 'zh' });
    await page.getByRole('heading', { name: '首次运行已取消' }).waitFor();
    await page.getByText('1,200 / 4,800 个段落').waitFor();
    await page.getByRole('progressbar', { name: '已完成 2 步，共 5 步' }).waitFor();
    const text = await page.getByRole('region').innerText();
    expect(text).toMatch(/取自缓存[\s\S]+完成[\s\S]+等待中/);
  });
});
