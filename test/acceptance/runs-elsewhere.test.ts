import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/app/records/run.ts';
import type { StatusRecord } from '../../src/app/records/service.ts';
import { systemClock } from '../../src/core/clock.ts';
import { digestBytes } from '../../src/core/digest.ts';
import { openStore } from '../../src/store/open.ts';
import { endProject, json, run } from '../product/command.ts';
import { TestProject } from '../product/project.ts';

const id = 'run-1aaaaaaaa-bbbbb';

describe('a run that goes on at another machine', { timeout: 120_000 }, () => {
  let project: TestProject;
  beforeAll(async () => {
    project = await TestProject.create();
    const store = await openStore({ dir: project.path('.towpath'), clock: systemClock });
    await store.records.runs.create({
      ...{ id, plan: digestBytes('plan'), startedAt: Date.now(), labels: { host: 'barge' }, steps: [] },
      engine: '4711-93402-abcdef01-4026531836-0123456789ab',
    });
    await store.close();
  });
  afterAll(() => endProject(project));

  it('is shown as what it is, with what can be done', async () => {
    const runs = await run(project, ['runs']);
    expect(runs.stdout).toContain('running on barge');
    for (const { stdout } of [runs, await run(project, ['status'])]) {
      expect(stdout).toContain('barge');
      expect(stdout).toContain(`towpath cancel ${id}`);
      expect(stdout).toContain(`if barge is gone for good: towpath cancel ${id} --gone`);
    }
    const { elsewhere } = await json<StatusRecord>(project, 'status');
    expect(elsewhere).toMatchObject([{ id, state: 'running', elsewhere: 'barge' }]);
  });

  it('is given up when asked to', async () => {
    const given = await json<RunRecord>(project, 'cancel', id, '--gone');
    expect(given).toMatchObject({ id, state: 'interrupted' });
    expect(given.elsewhere).toBeUndefined();
    expect((await json<StatusRecord>(project, 'status')).elsewhere).toBeUndefined();
  });
});
