import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { englishLeft } from '../testing/english-left.ts';
import { parsed, towpath } from '../testing/real.ts';

let around: string;
let dir: string;
beforeAll(async () => {
  around = await realpath(await mkdtemp(join(tmpdir(), 'towpath-nothing-')));
  dir = join(around, 'project');
  await mkdir(dir);
  await writeFile(join(dir, 'a.md'), '# A\n\nThe lock opens at seven.\n');
  await writeFile(join(dir, 'towpath.yaml'), 'project: p\nsources:\n  - name: docs\n    files: ["*.md"]\n');
});
afterAll(() => rm(around, { recursive: true, force: true }));

const run = (command: string, ...more: string[]) => towpath(dir, [...command.split(' '), ...more]);

describe('in a project that nothing was run in', () => {
  it.each([
    ['status', 'no release yet', { dir: expect.any(String) as string }],
    ['runs', 'no runs yet', []],
    ['releases', 'no releases yet', []],
    ['verify', 'everything is whole', { ok: true, releases: 0, promotions: 0, problems: [] }],
    ['repair', 'nothing to repair', { database: 'whole', releases: [], promotions: 0, results: 0 }],
    ['backup ../backup', '0 artifacts', { artifacts: { count: 0, bytes: 0 }, unchanged: 0 }],
  ])('%s says that there is nothing, and ends well', async (command, words, record) => {
    const text = await run(command);
    expect([text.exitCode, text.err.text]).toEqual([0, '']);
    expect(text.out.text).toContain(words);
    const json = await run(command, '--json');
    expect([json.exitCode, json.err.text]).toEqual([0, '']);
    if (Array.isArray(record)) expect(parsed(json)).toEqual(record);
    else expect(parsed(json)).toMatchObject(record);
    const chinese = await run(command, '--lang', 'zh');
    expect(englishLeft(chinese.out.text)).toEqual([]);
    expect(chinese.out.text).toMatch(/\p{Script=Han}/u);
  });

  it.each([
    ['run show', 'TOW_FLOW_RUN_UNKNOWN', 'towpath run'],
    ['run show run-9', 'TOW_FLOW_RUN_UNKNOWN', 'towpath runs'],
    ['logs', 'TOW_FLOW_RUN_UNKNOWN', 'towpath run'],
    ['logs --follow', 'TOW_FLOW_RUN_UNKNOWN', 'towpath run'],
    ['rejects', 'TOW_FLOW_RUN_UNKNOWN', 'towpath run'],
    ['cancel last', 'TOW_FLOW_RUN_UNKNOWN', 'towpath run'],
    ['cancel run-9 --gone', 'TOW_FLOW_RUN_UNKNOWN', 'towpath runs'],
    ['report', 'TOW_APP_NO_PAGE', 'evaluate.suites'],
    ['report r1', 'TOW_STORE_RELEASE_UNKNOWN', 'towpath run'],
    ['curves', 'TOW_APP_NO_PAGE', 'train.jobs'],
    ['lineage r1', 'TOW_STORE_RELEASE_UNKNOWN', 'towpath run'],
    ['lineage a.md', 'TOW_FLOW_DIGEST_UNKNOWN', 'path of a source file'],
    ['release show r1', 'TOW_STORE_RELEASE_UNKNOWN', 'towpath run'],
    ['release show abc', 'TOW_APP_NAME_UNKNOWN', 'towpath releases'],
    ['rollback', 'TOW_DEPLOY_NO_ROLLBACK_TARGET', 'towpath run'],
    ['rollback r1', 'TOW_STORE_RELEASE_UNKNOWN', 'towpath run'],
    ['repair --give-up r1', 'TOW_STORE_RELEASE_UNKNOWN', 'towpath run'],
    ['serve', 'TOW_APP_NO_RELEASE', 'towpath run'],
    ['ask hello', 'TOW_CLI_NO_SERVICE', 'towpath up'],
  ])('%s says what is missing and what to do', async (command, code, fix) => {
    const text = await run(command);
    expect([text.exitCode, text.out.text]).toEqual([2, '']);
    expect(text.err.lines[0]).toContain(`error ${code}: `);
    expect(text.err.lines.find((line) => line.startsWith('  fix: '))).toContain(fix);
    const json = await run(command, '--json');
    expect([json.exitCode, json.err.text]).toEqual([2, '']);
    const { error } = parsed<{ error: { code: string; hint: string } }>(json);
    expect(error.code).toBe(code);
    expect(error.hint).toContain(fix);
    const chinese = await run(command, '--lang', 'zh');
    expect(chinese.exitCode).toBe(2);
    expect(chinese.err.lines[0]).toContain(`错误 ${code}: `);
    expect(englishLeft(chinese.err.text)).toEqual([]);
  });
});
