import { expect, test } from 'vitest';
import type { RunDetail } from '../../app/records/run.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import { cli } from '../testing/capture.ts';
import { projectFolder } from '../testing/project-folder.ts';

test('a step named where a run is meant is told how to read its log', async () => {
  const towpath = {
    runDetail: (name: string) =>
      name === 'last'
        ? Promise.resolve({ plan: [{ name: 'answer' }] } as unknown as RunDetail)
        : Promise.reject(new TowpathError('TOW_FLOW_RUN_UNKNOWN', say('flow.no-run', { run: name }))),
  };
  const cwd = await projectFolder();
  const { exitCode, err } = await cli(['logs', 'answer'], { cwd, towpath });
  expect(exitCode).toBe(2);
  expect(err.text).toContain('no run answer');
  expect(err.text).toContain('`towpath logs last answer`');
  expect((await cli(['logs', 'nothing'], { cwd, towpath })).err.text).not.toContain('logs last nothing');
});
