import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReleaseRecord } from '../../src/app/records/release.ts';
import type { PageRecord, RunRecord } from '../../src/app/records/run.ts';
import type { StatusRecord } from '../../src/app/records/service.ts';
import { put } from '../product/client.ts';
import { endProject, json, run, start } from '../product/command.ts';
import { processesLeft } from '../product/processes.ts';
import { TestProject } from '../product/project.ts';

const question = 'Who is the keeper of the lock?';

describe('a gate that a release does not pass', { timeout: 240_000 }, () => {
  let project: TestProject;
  beforeAll(async () => {
    project = await TestProject.create({
      gates: `    - { metric: retrieval.mrr, min: 0.5 }
    - { metric: answer.f1, language: zh, min: 0.99 }`,
    });
    // An answer that the documents do not give.
    await project.edit('suite/all.jsonl', '"answers":["林月如"]', '"answers":["下午三点半"]');
  });
  afterAll(() => endProject(project));

  it('ends the run with exit code 3 and names metric, figure, bound and the worst question', async () => {
    const { exitCode, stdout, stderr } = await run(project, ['run']);
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/✖ gate +failed/);
    expect(`${stdout}${stderr}`.split('茶馆的老板是谁？')).toHaveLength(2);
    expect(stderr).toContain('TOW_EVALUATE_GATE_FAILED');
    expect(stderr).toMatch(/answer\.f1 .*0\.\d.*0\.99/s);
    expect(stderr).toContain('茶馆的老板是谁？');
    expect(stderr).not.toContain('retrieval.mrr');
    expect(await json<ReleaseRecord[]>(project, 'releases')).toEqual([]);
    const { page } = await json<PageRecord>(project, 'report');
    expect(await readFile(page, 'utf8')).toContain('茶馆的老板是谁？');
    const chinese = await json<PageRecord>(project, 'report', '--lang', 'zh');
    expect(chinese.page).toBe(page.replace(/html$/, 'zh.html'));
    const [last] = await json<RunRecord[]>(project, 'runs');
    expect(last).toMatchObject({
      state: 'failed',
      error: { code: 'TOW_EVALUATE_GATE_FAILED', kind: 'gate' },
    });
  });

  it('is one error record with --json, and leaves up nothing to serve', async () => {
    const { exitCode, stdout } = await run(project, ['up', '--json']);
    expect(exitCode).toBe(3);
    const lines = stdout.trim().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ error: { code: 'TOW_EVALUATE_GATE_FAILED' } });
    expect(await processesLeft(project)).toEqual([]);
  });

  it('leaves the live release serving when it fails after an edit', async () => {
    await project.edit('suite/all.jsonl', '"answers":["下午三点半"]', '"answers":["林月如"]');
    const up = start(project, ['up', '--json']);
    const { url } = await up.event('serving');
    await up.event('watching');
    expect((await put(url, question)).body).toMatchObject({ release: 'r1' });

    const from = up.mark;
    await project.edit('suite/all.jsonl', '"answers":["林月如"]', '"answers":["下午三点半"]');
    const finished = await up.event('run-finished', undefined, { from });
    expect(finished).toMatchObject({ outcome: 'failed', error: { code: 'TOW_EVALUATE_GATE_FAILED' } });
    expect(finished.release).toBeUndefined();
    const { status, body } = await put(url, question);
    expect(status).toBe(200);
    expect(body).toMatchObject({ release: 'r1', declined: false });
    expect(body.answer).toContain('Ada Thornbury');
    const now = await json<StatusRecord>(project, 'status');
    expect(now).toMatchObject({
      live: { name: 'r1' },
      service: { release: 'r1' },
      lastRun: { state: 'failed' },
    });
    expect((await up.stop()).exitCode).toBe(0);
    expect(await processesLeft(project)).toEqual([]);
  });
});
