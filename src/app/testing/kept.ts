import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import type { ReleaseManifest } from '../../contract/release-manifest.ts';
import { systemClock } from '../../core/clock.ts';
import { digestBytes, type Digest } from '../../core/digest.ts';
import type { EvaluationReport, GateResult } from '../../contract/evaluation-report.ts';
import { evaluate } from '../../evaluate/score/evaluate.ts';
import { handbook } from '../../evaluate/testing/handbook.ts';
import { openFlow, type Flow } from '../../flow/flow.ts';
import { serialiseManifest } from '../../contract/release-manifest.ts';
import { openStore, type Store } from '../../store/open.ts';
import type { NewRun, StepChange } from '../../store/records/run-records.ts';
import type { ReleaseRecord } from '../../store/records/release-records.ts';
import type { ResultCommit } from '../../store/records/result-records.ts';

export const digest = (text: string): Digest => digestBytes(text);

/** A real store in a folder of its own, with what runs leave in it. */
export class Kept {
  readonly dir: string;
  readonly store: Store;
  readonly flow: Flow;

  private constructor(dir: string, store: Store, flow: Flow) {
    this.dir = dir;
    this.store = store;
    this.flow = flow;
  }

  static async open(): Promise<Kept> {
    const projectDir = await mkdtemp(join(tmpdir(), 'towpath-kept-'));
    const dir = join(projectDir, '.towpath');
    const store = await openStore({ dir, clock: systemClock });
    const flow = await openFlow({ store, clock: systemClock, projectDir, stateDir: dir });
    return new Kept(projectDir, store, flow);
  }

  async close(): Promise<void> {
    await this.store.close();
    await rm(this.dir, { recursive: true, force: true });
  }

  path(path: string): string {
    return join(this.dir, '.towpath', path);
  }

  /** Does something to the records as a person with a SQLite shell does. */
  tamper(statement: string): void {
    const raw = new Libsql(this.path('towpath.db'));
    raw.exec(statement);
    raw.close();
  }

  /** Keeps a folder with these files. */
  async folder(files: Readonly<Record<string, string>>, media = 'test'): Promise<Digest> {
    const made = await mkdtemp(this.path('tmp/made-'));
    const path = join(made, media);
    await mkdir(path);
    for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
    return (await this.store.artifacts.adopt(path, media)).digest;
  }

  /** Takes an artifact away. */
  async lose(of: Digest): Promise<void> {
    await rm(join(await this.store.artifacts.open(of), '..'), { recursive: true, force: true });
  }

  /** Changes a byte of an artifact: of this file of it, where it is a folder. */
  async damage(of: Digest, name = ''): Promise<void> {
    const path = join(await this.store.artifacts.open(of), name);
    const bytes = await readFile(path);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await chmod(path, 0o644);
    await writeFile(path, bytes);
  }

  async report(change: Partial<EvaluationReport> = {}): Promise<Digest> {
    return await this.folder({ 'report.json': JSON.stringify({ ...report, ...change }) }, 'report');
  }

  async release(
    change: Partial<ReleaseManifest> = {},
    made: { readonly run?: string; readonly createdBy?: string } = {},
  ): Promise<ReleaseRecord> {
    const manifest = { ...manifestOf(change.report ?? (await this.report())), ...change };
    const text = serialiseManifest(manifest);
    const artifact = await this.store.artifacts.put(text, 'release');
    return await this.store.records.releases.create({
      ...{ manifest: artifact.digest, createdBy: 'ann' },
      ...made,
    });
  }

  async run(
    id: string,
    steps: Readonly<Record<string, StepChange>>,
    more: Partial<NewRun> = {},
  ): Promise<void> {
    const { runs } = this.store.records;
    await runs.create({
      ...{ id, plan: digest('plan'), engine: dead, startedAt: 1_000, labels: {} },
      steps: Object.keys(steps).map((name) => ({ name, kind: `test.${name}` })),
      ...more,
    });
    for (const [name, change] of Object.entries(steps)) {
      if (change.status === 'pending') continue;
      if (change.status !== 'skipped' && change.status !== 'cached')
        await runs.changeSteps(id, new Map([[name, { status: 'running' }]]));
      await runs.changeSteps(id, new Map([[name, change]]));
    }
  }

  /** What a step made, as its engine records it. */
  async result(
    run: string,
    step: string,
    { result, inputs = [] }: { result: Partial<ResultCommit['result']>; inputs?: ResultCommit['inputs'] },
  ): Promise<Digest> {
    const { results } = this.store.records;
    const key = digest(`${run} ${step}`);
    const { outputs = {}, kind = `test.${step}` } = result;
    await results.claim({ key, run, engine: dead, at: 1_000 });
    await results.commit({
      result: {
        ...{ key, step, kind, code: digest('code'), params: {}, facts: {}, outputs, run },
        ...{ createdAt: 1_000, duration: 5, ...result },
      },
      ...{ inputs, artifacts: [] },
      change: { status: 'done', key, outputs, startedAt: 1_000, finishedAt: 1_500 },
    });
    return key;
  }
}

/** The engine of a process that has ended. */
const dead = '1-1-0';

export const gate: GateResult = {
  ...{ metric: 'answer.f1', rule: 'min', bound: 0.4, figure: 0.75, low: 0.6, high: 0.9 },
  ...{ passed: true, worst: [] },
};

const { suites, answers } = handbook({ perLanguage: 5, skill: 0.8, seed: 1 });

/** A real report, of ten questions. */
const report: EvaluationReport = evaluate({
  ...{ suites, answers },
  settings: { k: [1], bootstrap: { resamples: 1000, seed: 1 }, gates: [{ metric: 'answer.f1', min: 0.1 }] },
});

function manifestOf(reportDigest: Digest): ReleaseManifest {
  return {
    ...{ project: 'p', dataset: digest('dataset'), index: digest('index') },
    ...{ models: {}, prompts: {}, report: reportDigest, answers: digest('answers'), code: digest('code') },
    serving: { context: 2048, maxTokens: 96, temperature: 0, passages: 5, declineBelow: 0.4 },
  };
}
