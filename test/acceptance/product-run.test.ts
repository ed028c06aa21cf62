import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LineageRecord, ReleaseDetail, ReleaseRecord } from '../../src/app/records/release.ts';
import type { LogLine, RunDetail, RunRecord } from '../../src/app/records/run.ts';
import type { StatusRecord } from '../../src/app/records/service.ts';
import { endProject, json, run, type Finished } from '../product/command.ts';
import { processesLeft } from '../product/processes.ts';
import { suite, TestProject } from '../product/project.ts';

const steps = ['ingest', 'prepare', 'model', 'index', 'answer', 'score', 'gate', 'release'];

describe('a project that was run', { timeout: 120_000 }, () => {
  let project: TestProject;
  let first: Finished;
  let firstLog: Finished;
  let second: Finished;

  beforeAll(async () => {
    project = await TestProject.create();
    first = await run(project, ['run']);
    firstLog = await run(project, ['logs', 'last', '--json']);
    second = await run(project, ['run']);
  }, 120_000);
  afterAll(() => endProject(project));

  it('did every step the first time and none the second', async () => {
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    for (const step of steps) expect(first.stdout).toMatch(new RegExp(`✓ ${step} +done`));
    expect(first.stdout).toMatch(/run done in .* release r1/);
    expect(second).toMatchObject({ exitCode: 0, stderr: '' });
    for (const step of steps) expect(second.stdout).toMatch(new RegExp(`✓ ${step} +cached`));
    expect(second.stdout).not.toContain('started');
    expect(second.stdout).toMatch(/run done in .* release r1/);
    expect(await processesLeft(project)).toEqual([]);
  });

  it('shows both runs, newest first, and what each step did and why', async () => {
    const runs = await json<RunRecord[]>(project, 'runs');
    expect(runs.map(({ state, steps: { done, cached }, release }) => [state, done, cached, release])).toEqual(
      [
        ['done', 0, steps.length, 'r1'],
        ['done', steps.length, 0, 'r1'],
      ],
    );
    const [last, before] = runs;
    const shown = await json<RunDetail>(project, 'run', 'show', 'last');
    expect(shown.id).toBe(last?.id);
    expect(shown.plan.map(({ name, state }) => [name, state])).toEqual(steps.map((step) => [step, 'cached']));
    const made = await json<RunDetail>(project, 'run', 'show', before?.id ?? '');
    expect(made.plan.map(({ reason }) => reason)).toEqual(steps.map(() => 'first run'));
    expect(made.plan.map(({ outputs }) => outputs)).toEqual(shown.plan.map(({ outputs }) => outputs));

    const table = (await run(project, ['runs'])).stdout;
    for (const { id } of runs) expect(table).toContain(id);
    const text = (await run(project, ['run', 'show', 'last'])).stdout;
    expect(text).toContain(shown.id);
    for (const step of steps) expect(text).toMatch(new RegExp(`${step} +cached`));
  });

  it('has one release, and every command that names it agrees', async () => {
    const [release, ...others] = await json<ReleaseRecord[]>(project, 'releases');
    expect(others).toEqual([]);
    expect(release).toMatchObject({ name: 'r1', live: true, figures: { 'retrieval.recall@5': 1 } });
    const status = await json<StatusRecord>(project, 'status');
    expect(status).toMatchObject({
      dir: project.dir,
      live: release,
      lastRun: { state: 'done', release: 'r1' },
    });
    expect(status.service).toBeUndefined();
    const detail = await json<ReleaseDetail>(project, 'release', 'show', 'r1');
    expect(detail).toMatchObject(release ?? {});
    expect(detail.manifest.models.generator).toMatchObject({ name: 'tiny', weights: project.modelDigest });
    expect(detail.gates).toMatchObject([
      { metric: 'retrieval.recall@5', rule: 'min 0.9', value: 1, passed: true },
    ]);
    expect(detail.promotions).toHaveLength(1);
    const { plan } = await json<RunDetail>(project, 'run', 'show', release?.run ?? '');
    const output = (step: string) => Object.values(plan.find(({ name }) => name === step)?.outputs ?? {})[0];
    expect(output('release')).toBe(detail.digest);
    expect(output('index')).toBe(detail.manifest.index);
    expect(output('score')).toBe(detail.manifest.report);

    for (const command of ['status', 'releases', 'release show r1']) {
      const { exitCode, stdout } = await run(project, command.split(' '));
      expect(exitCode).toBe(0);
      expect(stdout).toContain('r1');
    }
  });

  it('keeps the log of the steps that ran', () => {
    expect(firstLog).toMatchObject({ exitCode: 0, stderr: '' });
    const lines = firstLog.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LogLine);
    expect(lines.length).toBeGreaterThan(0);
    for (const { step } of lines) expect(steps).toContain(step);
  });

  it('says that a run of cached steps has no log', async () => {
    const { exitCode, stdout, stderr } = await run(project, ['logs', 'last']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr).toContain('cached');
  });

  it('traces a document forwards to the release and the release back to every file', async () => {
    const forwards = await json<LineageRecord>(project, 'lineage', 'docs/en/lock.md', '--forwards');
    const subject = forwards.nodes.find(({ id }) => id === forwards.subject);
    expect(subject).toMatchObject({ kind: 'source', label: 'docs/en/lock.md' });
    expect(reachable(forwards, forwards.subject, 'forwards')).toContain('r1');

    const backwards = await json<LineageRecord>(project, 'lineage', 'r1', '--backwards');
    const labels = reachable(backwards, backwards.subject, 'backwards');
    for (const { passage } of suite) if (passage) expect(labels).toContain(passage.source);
    expect(labels).toContain('suite/all.jsonl');
    expect(backwards.nodes.find(({ label }) => label === 'docs/en/lock.md')?.id).toBe(forwards.subject);

    expect((await run(project, ['lineage', 'docs/en/lock.md', '--forwards'])).stdout).toMatch(/r1 .*release/);
    expect((await run(project, ['lineage', 'r1', '--backwards'])).stdout).toContain('docs/en/lock.md');
  });
});

/** Labels of what the edges reach from a node. */
function reachable({ nodes, edges }: LineageRecord, from: string, way: 'forwards' | 'backwards'): string[] {
  const seen = new Set([from]);
  for (const id of seen) {
    for (const edge of edges) {
      if (way === 'forwards' && edge.from === id) seen.add(edge.to);
      if (way === 'backwards' && edge.to === id) seen.add(edge.from);
    }
  }
  return nodes.filter(({ id }) => seen.has(id)).map(({ label }) => label);
}
