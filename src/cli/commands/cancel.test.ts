import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunDetail } from '../../app/records/run.ts';
import { cli } from '../testing/capture.ts';

test('a run that has ended is not cancelled, and that is said', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'towpath-cancel-'));
  await writeFile(join(cwd, 'towpath.yaml'), '');
  const asked = async (before: string, after: string) => {
    const run = { id: 'run-1', state: after } as RunDetail;
    const runDetail = () => Promise.resolve({ ...run, state: before } as RunDetail);
    const { out, exitCode } = await cli(['cancel', 'last'], {
      cwd,
      towpath: { runDetail, cancel: () => Promise.resolve(run) },
    });
    expect(exitCode).toBe(0);
    return out.text;
  };
  expect(await asked('done', 'done')).toBe('nothing to cancel: the run had ended before\nrun run-1 done\n');
  expect(await asked('running', 'cancelled')).toBe('run run-1 cancelled\n');
  await rm(cwd, { recursive: true });
});
