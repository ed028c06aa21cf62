import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Towpath } from '../app/towpath.ts';
import type { ReleaseDetail } from '../app/records/release.ts';
import type { RunDetail } from '../app/records/run.ts';
import { asDigest } from '../core/digest.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import { toyFile } from '../project/testing/toy-sections.ts';
import { cli } from './testing/capture.ts';
import { englishLeft } from './testing/english-left.ts';

const [a, b] = [asDigest('a'.repeat(64)), asDigest('b'.repeat(64))];
const error = new TowpathError('TOW_STORE_DISK_FULL', say('store.disk-full', { doing: 'x.bin' })).toRecord();

const run: RunDetail = {
  ...{ id: 'run-1', state: 'failed', started: '2026-05-04T10:00:00Z', ms: 75_000, error },
  steps: { total: 4, done: 1, cached: 1 },
  elsewhere: 'box',
  plan: [
    { name: 'ingest', kind: 'data.ingest', state: 'cached', outputs: { documents: a } },
    {
      ...{ name: 'fit', kind: 'train.fit', state: 'running', outputs: {} },
      ...{ reason: 'parameter mask changed', reasonText: say('reason.parameter', { name: 'mask' }) },
      curve: [
        { step: 1, loss: 4, validation_loss: null },
        { step: 2, loss: 2, validation_loss: 3 },
      ],
    },
    { name: 'score', kind: 'evaluate.score', state: 'failed', outputs: {}, ms: 5, error },
    { name: 'gate', kind: 'evaluate.gate', state: 'skipped', outputs: {} },
  ],
};

const release: ReleaseDetail = {
  ...{ name: 'r2', digest: b, live: true, created: '2026-05-04T10:00:00Z', by: 'ada', run: 'run-1' },
  figures: { 'answer.f1 en': 0.5 },
  manifest: {
    ...{ schema: 1, project: 'p', dataset: a, index: a, report: a, answers: a, code: b, prompts: {} },
    models: { adapter: { artifact: a, weights: a, name: 'tuned' } },
    serving: {
      ...{ context: 1, maxTokens: 1, temperature: 0, passages: 1, declineBelow: 0 },
      glossary: 'x'.repeat(50),
    },
  },
  parts: [
    { part: 'dataset', digest: a },
    { part: 'index', digest: a, bytes: 2048 },
  ],
  changes: {
    since: 'r1',
    list: [
      { name: 'index', from: a, to: b },
      { name: 'answer.f1', better: true },
    ],
  },
  gates: [
    {
      ...{ metric: 'answer.f1', rule: 'min 0.4', ruleText: say('gate-rule.least', { bound: 0.4 }) },
      ...{ value: 0.5, passed: true },
    },
  ],
  promotions: [
    {
      ...{ at: '2026-05-04T10:00:00Z', by: 'ada', why: 'run-1 passed its gates' },
      whyText: say('promotion.passed', { run: 'run-1' }),
    },
  ],
};

const towpath: Partial<Towpath> = {
  status: () =>
    Promise.resolve({
      dir: '/p',
      live: release,
      heldBack: { release: 'r1', newest: 'r2', by: 'ada', at: '2026-05-04T10:00:00Z' },
      service: {
        ...{ pid: 7, url: 'http://127.0.0.1:7411', port: 7411, started: '2026-05-04T10:00:00Z' },
        replicas: [{ pid: 8, state: 'draining', release: 'r2', busy: 1, slots: 2 }],
      },
      lastRun: run,
      elsewhere: [run],
      problems: [error],
    }),
  runs: () => Promise.resolve([run]),
  runDetail: () => Promise.resolve(run),
  cancel: () => Promise.resolve(run),
  async *logs() {
    yield* await Promise.resolve([]);
  },
  leftOut: () =>
    Promise.resolve({
      ...{
        run: 'run-1',
        rejected: { TOW_DATA_TOO_SHORT: 2 },
        masked: { ip: 1, id: 2 },
        unfinished: ['prepare'],
      },
      async *list() {
        const skipped = { what: 'batches whose loss jumped', whatText: say('left-out.jumped'), count: 3 };
        yield await Promise.resolve({ outcome: 'skipped' as const, step: 'fit', ...skipped });
        yield { outcome: 'masked', step: 'prepare', source: 'a.md', line: 3, title: true, kind: 'email' };
      },
    }),
  lineage: () =>
    Promise.resolve({
      subject: b,
      nodes: [
        { id: a, kind: 'artifact', label: 'dataset', step: 'prepare' },
        { id: b, kind: 'artifact', label: 'index', step: 'index' },
      ],
      edges: [{ from: a, to: b }],
    }),
  releases: () => Promise.resolve([release]),
  releaseDetail: () => Promise.resolve(release),
  rollback: () => Promise.resolve({ from: 'r2', to: 'r1', swapped: true }),
  repair: () =>
    Promise.resolve({
      ...{ database: 'rebuilt', releases: ['r1'], manifests: ['r1'], promotions: 2, ledger: 'cut' },
      ...{ results: 3, live: 'r1', kept: ['/p/.towpath/damaged'], notes: [], noteTexts: [] },
    }),
  run({ observer }) {
    observer({ event: 'run-started', run: 'run-1', steps: ['prepare', 'index'] });
    const reasonText = say('reason.source-changed', { name: 'a.md' });
    observer({
      event: 'step-started',
      run: 'run-1',
      step: 'prepare',
      reason: 'source a.md changed',
      reasonText,
    });
    observer({ event: 'step-waiting', run: 'run-1', step: 'index', on: 'run-2', elsewhere: 'box' });
    observer({
      ...{ event: 'step-finished', run: 'run-1', step: 'prepare', outcome: 'done', ms: 4_000_000 },
      facts: {
        documents: 42,
        moons: 3,
        rejected: { TOW_DATA_TOO_SHORT: 1 },
        masked: { email: 2, phone: 1200 },
      },
    });
    observer({ event: 'step-finished', run: 'run-1', step: 'index', outcome: 'failed', ms: 5, error });
    observer({ event: 'run-finished', run: 'run-1', outcome: 'failed', ms: 61_000 });
    observer({
      ...{ event: 'run-finished', run: 'run-1', outcome: 'done', ms: 61_000 },
      ...{ release: 'r2', live: 'r1', evaluated: false },
    });
    observer({ event: 'replica-starting', release: 'r1', replica: 1, of: 2 });
    observer({ event: 'replica-failed', replica: 1, error, retryIn: 2000 });
    observer({ event: 'serving', release: 'r1', url: 'http://127.0.0.1:7411' });
    observer({ event: 'held-back', release: 'r1', newest: 'r2', by: 'ada', at: '2026-05-04T10:00:00Z' });
    observer({ event: 'draining', release: 'r1', inFlight: 2 });
    observer({ event: 'watching', files: 45 });
    observer({ event: 'changed', paths: ['a', 'b', 'c', 'd'], count: 5 });
    observer({ event: 'trouble', error });
    observer({ event: 'stopping' });
    return Promise.resolve({ ...run, state: 'done' });
  },
};

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'towpath-chinese-'));
  await writeFile(join(cwd, 'towpath.yaml'), toyFile);
});

const spoken = async (...args: string[]) => {
  const { out, err } = await cli([...args, '--lang', 'zh'], { cwd, towpath });
  return out.text + err.text;
};

describe('what commands print for a Chinese reader', () => {
  it.each([
    ['status', '进程 8'],
    ['status', '要让 r2 重新上线'],
    ['runs', '失败 在 box 上'],
    ['run show last', '参数 mask 有变化'],
    ['cancel last', '运行 run-1 失败'],
    ['logs last', '没有日志'],
    ['logs last fit', '步骤 fit 没有写日志'],
    ['logs last ingest', '当初执行它的那次运行'],
    ['rejects', '跳过 3 个损失突增的批次'],
    ['rejects', '拒收 2（TOW_DATA_TOO_SHORT 2） · 脱敏 3（IP 地址 1、证件号 2）'],
    ['rejects', 'a.md:3 邮箱（在标题中）'],
    ['run --help', '用法：towpath run'],
    ['lineage bbb', '由以下内容得来'],
    ['releases', '生成者'],
    ['release show r2', '不低于 0.4'],
    ['rollback', '上线：r2 -> r1 · 正在运行的服务已切换'],
    ['repair', '2 次上线的记录保留前后相接的部分'],
    ['validate', '有效'],
  ])('%s has no English sentence', async (command, words) => {
    const text = await spoken(...command.split(' '));
    expect(text).toContain(words);
    expect(englishLeft(text)).toEqual([]);
  });

  it('progress names known figures in Chinese, and others as they are', async () => {
    const text = await spoken('run');
    expect(englishLeft(text.replaceAll('towpath ask "…"', ''))).toEqual([]);
    expect(text).toContain('  prepare 开始（来源 a.md 有变化）\n');
    expect(text).toContain(
      '✓ prepare 完成 · 1 小时 07 分 · 文档 42 · moons 3 · 拒收 1 · 脱敏 邮箱 2、电话 1,200 · 见 `towpath rejects`\n',
    );
    expect(text).toContain('✖ index 失败 · 5 毫秒 · TOW_STORE_DISK_FULL\n');
    expect(text).toContain('~ 有变化：a、b、c 等，另有 2 个\n');
    expect(text).toContain('✖ 副本 1 失败：TOW_STORE_DISK_FULL: 磁盘已满：x.bin · 2.0 秒后重新启动\n');
  });
});
