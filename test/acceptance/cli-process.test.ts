import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { englishLeft } from '../../src/cli/testing/english-left.ts';
import { systemClock } from '../../src/core/clock.ts';
import { digestBytes } from '../../src/core/digest.ts';
import { identifyProcess } from '../../src/core/process-identity.ts';
import { openStore } from '../../src/store/open.ts';
import { towpath } from './cli-command.ts';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

describe('the program', { timeout: 60_000 }, () => {
  let cwd: string;
  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'towpath-process-'));
    await writeFile(join(cwd, 'a.md'), '# A\n\nThe lock opens at seven.\n');
    await writeFile(join(cwd, 'towpath.yaml'), 'project: p\nsources:\n  - name: docs\n    files: ["*.md"]\n');
    // A run of this very process, which lives as long as the tests, with more to read than a pipe holds.
    const store = await openStore({ dir: join(cwd, '.towpath'), clock: systemClock });
    await store.records.runs.create({
      ...{ id: 'run-1', plan: digestBytes('plan'), engine: identifyProcess() ?? '', startedAt: Date.now() },
      ...{ labels: {}, steps: [{ name: 'ingest', kind: 'data.ingest' }] },
    });
    await store.close();
    const logs = join(cwd, '.towpath/logs/run-1');
    await mkdir(logs, { recursive: true });
    const line = `2026-05-04T10:00:00.000Z log ${'x'.repeat(200)}\n`;
    await writeFile(join(logs, 'ingest.log'), line.repeat(20_000));
  });
  afterAll(() => rm(cwd, { recursive: true, force: true }));

  /** Starts it and gives what it wrote to the error output, and its exit code, once it has ended. */
  function start(...args: string[]) {
    const child = spawn(process.execPath, [main, ...args], { cwd });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stderr }));
    return { child, ended };
  }

  it('ends in silence when whoever read it has gone', async () => {
    for (const args of [
      ['logs', 'run-1'],
      ['logs', 'run-1', '--follow', '--json'],
    ]) {
      const { child, ended } = start(...args);
      await once(child.stdout, 'data');
      child.stdout.destroy();
      expect([args, await ended]).toEqual([args, { code: 130, stderr: '' }]);
    }
  });

  it('follows a log until Ctrl-C, and says nothing more', async () => {
    const { child, ended } = start('logs', 'run-1', '--follow');
    let lines = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      lines += chunk.toString().split('\n').length - 1;
      if (lines === 20_000) child.kill('SIGINT');
    });
    expect(await ended).toEqual({ code: 130, stderr: '' });
    expect(lines).toBe(20_000);
  });

  it('prints a schema for editors in either language, of the same settings', async () => {
    const [english, chinese] = await Promise.all(
      ['en', 'zh'].map(async (language) => (await towpath(['schema', '--lang', language], { cwd })).stdout),
    );
    const keys = (text = ''): unknown[] => {
      const found: unknown[] = [];
      JSON.parse(text, (key: string, value: unknown) => {
        if (key !== 'description' && key !== 'title') found.push(key);
        return value;
      });
      return found;
    };
    expect(keys(chinese)).toEqual(keys(english));
    const said = (text = ''): string[] =>
      Array.from(text.matchAll(/"description": "(.*)"/g), ([, description = '']) => description);
    expect(said(chinese).filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([]);
    expect(said(english).filter((text) => /\p{Script=Han}/u.test(text))).toEqual([]);
  });

  it('explains a command by name, and says which was meant', async () => {
    const shown = await towpath(['help', 'run', 'show'], { cwd });
    expect(shown).toMatchObject({ exitCode: 0, stderr: '' });
    expect(shown.stdout).toBe((await towpath(['run', 'show', '--help'], { cwd })).stdout);
    const missed = await towpath(['help', 'relases'], { cwd });
    expect([missed.exitCode, missed.stdout]).toEqual([2, '']);
    expect(missed.stderr).toContain('towpath help releases');
    expect((await towpath(['help', 'qqq'], { cwd })).stderr).not.toContain('towpath help q');
  });

  it('examines the machine in Chinese too', async () => {
    const { exitCode, stdout } = await towpath(['doctor', '--lang', 'zh'], { cwd });
    expect([exitCode, englishLeft(stdout)]).toEqual([0, []]);
    expect(stdout.match(/^[✓!] /gm)?.length).toBeGreaterThan(5);
  });
});
