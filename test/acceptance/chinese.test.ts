import { Readable } from 'node:stream';
import type { Command } from 'commander';
import { beforeAll, describe, expect, it } from 'vitest';
import { Context } from '../../src/cli/context.ts';
import { createProgram } from '../../src/cli/program.ts';
import { CapturedOutput, cli } from '../../src/cli/testing/capture.ts';
import { englishLeft } from '../../src/cli/testing/english-left.ts';
import { emptyFolder, towpath } from './cli-command.ts';

const chinese = { LC_ALL: 'zh_CN.UTF-8' };
const plain = { LC_ALL: 'C' };

/** Every command of the program, `run show` among them, as a list of words. */
function commands(): string[][] {
  const never = () => Promise.reject(new Error('a help page opens nothing'));
  const io = {
    ...{ out: new CapturedOutput(), err: new CapturedOutput(), in: Readable.from([]) },
    ...{ env: {}, cwd: '/', signal: new AbortController().signal },
  };
  const under = (command: Command, path: readonly string[]): string[][] => [
    [...path],
    ...command.commands.flatMap((child) => under(child, [...path, child.name()])),
  ];
  return under(createProgram(new Context(io, { open: never, sections: never }, 'en', [])), []);
}

const mistakes = [
  ['status', '--frobnicate'],
  ['up', '--prt', '8080'],
  ['staus'],
  ['release'],
  ['release', 'shw'],
  ['ask'],
  ['ask', 'a', 'b', 'c'],
  ['ask', ''],
  ['ask', 'x', '--url', 'ftp://x'],
  ['up', '--port'],
  ['up', '--port', 'none'],
  ['up', '--port', ''],
  ['runs', '--limit', '0'],
  ['status', '--lang', 'fr', '--lang', 'zh'],
  ['lineage', 'x', '--forwards', '--backwards'],
  ['help', 'nothing'],
  ['status'],
  ['status', '--project', 'nowhere'],
];

let cwd: string;
beforeAll(async () => {
  cwd = await emptyFolder();
});

async function said(args: readonly string[], env: Record<string, string>): Promise<string> {
  const { stdout, stderr } = await towpath(args, { cwd, env });
  return stdout + stderr;
}

/** As many at once as a small machine has cores. */
async function all<T>(of: readonly T[], each: (one: T) => Promise<void>): Promise<void> {
  const left = [...of];
  const worker = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await each(next);
  };
  await Promise.all([worker(), worker()]);
}

describe('under a Chinese locale', { timeout: 180_000 }, () => {
  it('the help of every command is Chinese, and so it is with --lang zh', async () => {
    const known = commands();
    expect(known.length).toBeGreaterThan(25);
    await all(known, async (command) => {
      const help = await said([...command, '--help'], chinese);
      expect([command, englishLeft(help)]).toEqual([command, []]);
      expect(help).toMatch(/^用法：[\s\S]*\n {2}-h, --help +\p{Script=Han}/u);
      expect((await cli([...command, '--help', '--lang', 'zh'])).out.text).toBe(help);
    });
    expect(englishLeft(await said(['help', 'exit-codes'], chinese))).toEqual([]);
  });

  it('mistakes are told in Chinese, and so they are with --lang zh', async () => {
    await all(mistakes, async (args) => {
      const { exitCode, stdout, stderr } = await towpath(args, { cwd, env: chinese });
      expect([args, exitCode, stdout]).toEqual([args, 2, '']);
      expect([args, englishLeft(stderr)]).toEqual([args, []]);
      expect(stderr).toMatch(/^错误 TOW_[\s\S]*\n {2}解决办法：/);
      expect(stderr).not.toContain('\u0001');
      const asked = await said([...args, '--lang', 'zh'], plain);
      // Where an option lacks its argument, `--lang` is taken for it.
      if (args.at(-1) !== '--port') expect(asked).toBe(stderr);
    });
  });

  it('--lang en asks for English', async () => {
    await all([['--help'], ['run', 'show', '--help'], ...mistakes.slice(0, 4)], async (args) => {
      const english = await said(args, plain);
      expect(english).toMatch(/^(?:Usage: |error TOW_)/);
      expect(await said([...args, '--lang', 'en'], chinese)).toBe(english);
    });
  });

  it('what machines read is the same', async () => {
    for (const args of [
      ['status', '--json'],
      ['staus', '--json'],
    ]) {
      const { error } = JSON.parse(await said(args, chinese)) as { error: { message: string; hint: string } };
      const other = JSON.parse(await said(args, plain)) as { error: object };
      expect(other.error).toEqual(error);
      expect(error.message + error.hint).not.toMatch(/\p{Script=Han}/u);
    }
  });
});
