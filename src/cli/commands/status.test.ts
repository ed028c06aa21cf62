import { expect, test } from 'vitest';
import type { StatusRecord } from '../../app/records/service.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { verbatim } from '../../core/messages/message.ts';
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

test('a service is shown with its replicas and what each is doing', async () => {
  const cwd = await projectFolder();
  const replica = { pid: 8, state: 'ready', release: 'r2', busy: 1, slots: 4 } as const;
  const status: StatusRecord = {
    dir: cwd,
    service: {
      ...{
        pid: 7,
        url: 'http://127.0.0.1:7411',
        port: 7411,
        started: '2026-05-04T10:00:00.000Z',
        release: 'r2',
      },
      replicas: [
        replica,
        { ...replica, pid: 9, state: 'unresponsive' },
        { pid: 10, state: 'starting', release: 'r2' },
      ],
    },
  };
  const { exitCode, out } = await cli(['status'], {
    cwd,
    towpath: { status: () => Promise.resolve(status) },
  });
  expect(exitCode).toBe(0);
  expect(out.text).toMatch(/^service +● http:\/\/127\.0\.0\.1:7411 .*7/m);
  expect(out.lines.slice(-3)).toEqual([
    expect.stringMatching(/8 +r2 +ready +1 of 4$/),
    expect.stringMatching(/9 +r2 +unresponsive +1 of 4$/),
    expect.stringMatching(/10 +r2 +starting$/),
  ]);
});

test('what is wrong with the records is told, with exit code 4, and the live release is not sworn to', async () => {
  const cwd = await projectFolder();
  const broken = new TowpathError('TOW_STORE_LEDGER_BROKEN', verbatim('row 2 does not follow row 1'));
  const status: StatusRecord = { dir: cwd, problems: [broken.toRecord()] };
  const { exitCode, out } = await cli(['status'], {
    cwd,
    towpath: { status: () => Promise.resolve(status) },
  });
  expect(exitCode).toBe(4);
  expect(out.text).toContain('TOW_STORE_LEDGER_BROKEN: row 2 does not follow row 1');
  expect(out.text).not.toContain('no release yet');
  const json = await cli(['status', '--json'], { cwd, towpath: { status: () => Promise.resolve(status) } });
  expect(json.exitCode).toBe(4);
  expect(JSON.parse(json.out.text)).toEqual(status);
});
