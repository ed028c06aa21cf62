import { beforeAll, describe, expect, it } from 'vitest';
import type { RepairRecord } from '../../app/records/upkeep.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { verbatim } from '../../core/messages/message.ts';
import { cli } from '../testing/capture.ts';
import { projectFolder } from '../testing/project-folder.ts';

const nothing: RepairRecord = {
  ...{ database: 'whole', releases: [], manifests: [], promotions: 3, ledger: 'whole', results: 0 },
  ...{ live: 'r2', kept: [], notes: [], noteTexts: [] },
};

let cwd: string;
beforeAll(async () => {
  cwd = await projectFolder();
});
const shown = async (record: Partial<RepairRecord>, ...args: string[]) => {
  const asked: unknown[] = [];
  const repair = (options: unknown) => {
    asked.push(options);
    return Promise.resolve({ ...nothing, ...record });
  };
  return { asked, ...(await cli(['repair', ...args], { cwd, towpath: { repair } })) };
};

describe('towpath repair', () => {
  it('says when there was nothing to do, and what is live', async () => {
    const { exitCode, out } = await shown({});
    expect(exitCode).toBe(0);
    expect(out.text).toMatch(/^nothing to repair\n/);
    expect(out.text).toContain('r2');
  });

  it('never says so of what it changed', async () => {
    for (const change of [
      { releases: ['r1'] },
      { manifests: ['r1'] },
      { results: 1 },
      { ledger: 'cut' },
      { kept: ['/x'] },
      { database: 'rebuilt' },
      { database: 'afresh' },
      { givenUp: 'r1' },
    ] as const)
      expect([change, (await shown(change)).out.text.includes('nothing to repair')]).toEqual([change, false]);
  });

  it('names what it put back, where it kept the rest, and what cannot be mended, with exit code 4', async () => {
    const problem = new TowpathError('TOW_RELEASE_NOT_WHOLE', verbatim('r1 is not whole')).toRecord();
    const { exitCode, out } = await shown({
      ...{ database: 'rebuilt', releases: ['r1', 'r2'], results: 12, ledger: 'restored' },
      ...{ kept: ['/p/.towpath/damaged/\u001b[2Jdatabase.1'], problems: [problem] },
    });
    expect(exitCode).toBe(4);
    for (const fact of [
      'r1, r2',
      '12 results',
      '3 promotions',
      '/damaged/database.1',
      'TOW_RELEASE_NOT_WHOLE',
    ])
      expect(out.text).toContain(fact);
    expect(out.text).not.toContain('\u001b');
  });

  it('prints the same record as JSON', async () => {
    const record = { releases: ['r1'], database: 'rebuilt' } as const;
    expect(JSON.parse((await shown(record, '--json')).out.text)).toEqual({ ...nothing, ...record });
  });

  it('passes on what it is asked for, and not both at once', async () => {
    expect((await shown({}, '--afresh')).asked).toEqual([{ afresh: true }]);
    expect((await shown({}, '--give-up', 'r1')).asked).toEqual([{ afresh: false, giveUp: 'r1' }]);
    const { exitCode, asked, err } = await shown({}, '--afresh', '--give-up', 'r1');
    expect([exitCode, asked]).toEqual([2, []]);
    expect(err.text).toContain('TOW_CLI_USAGE');
  });
});
