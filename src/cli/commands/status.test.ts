import { expect, test } from 'vitest';
import type { StatusRecord } from '../../app/records/service.ts';
import { cli } from '../testing/capture.ts';
import { projectFolder } from '../testing/project-folder.ts';

test('an error of several lines stands below itself', async () => {
  const cwd = await projectFolder();
  const error = { code: 'TOW_EVALUATE_GATE_FAILED', kind: 'gate', message: 'a gate failed\n  f1: low' };
  const lastRun = { id: 'run-1', state: 'failed', started: '2026-05-04T10:00:00.000Z', ms: 1, error };
  const status = { dir: cwd, lastRun } as unknown as StatusRecord;
  const { out } = await cli(['status'], { cwd, towpath: { status: () => Promise.resolve(status) } });
  const at = out.lines.findIndex((line) => line.includes('a gate failed'));
  expect(out.lines[at]?.indexOf('TOW_')).toBe(9);
  expect(out.lines[at + 1]).toBe('           f1: low');
});
