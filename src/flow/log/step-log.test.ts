import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { readLog } from './follow-log.ts';
import { leftPath, logPath, StepLog } from './step-log.ts';

const clock = { ...systemClock, now: () => Date.UTC(2026, 0, 2, 3, 4, 5) };
const time = '2026-01-02T03:04:05.000Z';

describe('the log of a step', () => {
  let dir: string;
  let log: StepLog;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-log-'));
    log = new StepLog(logPath(dir, 'run-1', 'a.b'), clock);
  });
  afterEach(async () => {
    log.close();
    await rm(dir, { recursive: true, force: true });
  });
  const text = () => readFile(log.path, 'utf8');

  it('appears with its first line, which is on the disk at once', async () => {
    expect(await readdir(dir)).toEqual([]);
    log.write('out', 'one');
    expect(log.path).toBe(join(dir, 'run-1', 'a.b.log'));
    expect(await text()).toBe(`${time} out one\n`);
    log.write('err', 'two');
    log.close();
    expect(await text()).toBe(`${time} out one\n${time} err two\n`);
  });

  it('goes on after what an earlier try wrote', async () => {
    log.write('out', 'one');
    log.close();
    log.write('flow', 'two');
    expect(await text()).toBe(`${time} out one\n${time} flow two\n`);
  });

  it('gives its last lines without their times, each in bounds', () => {
    for (let at = 1; at <= 20; at += 1) log.write('log', `line ${String(at)}`);
    expect(log.tail()).toEqual(Array.from({ length: 15 }, (_, at) => `log line ${String(at + 6)}`));
    expect(log.tail(2)).toEqual(['log line 19', 'log line 20']);
    log.write('out', 'x'.repeat(1000));
    expect(log.tail(1)).toEqual([`out ${'x'.repeat(496)}`]);
  });

  it('keeps 200 lines for its end', () => {
    for (let at = 1; at <= 250; at += 1) log.write('log', String(at));
    expect(log.tail(1000)).toHaveLength(200);
    expect(log.tail(1000)[0]).toBe('log 51');
  });

  it.each([
    [3, 0],
    [203, 3],
  ])(
    'with %i lines over its bound keeps its beginning and its end, without %i between',
    async (over, gone) => {
      const long = 'é'.repeat(2000);
      const room = Math.floor((8 * 2 ** 20) / Buffer.byteLength(`${time} out 0000 ${long}\n`));
      const name = (at: number): string => `out ${String(at).padStart(4, '0')}`;
      for (let at = 0; at < room + over; at += 1) log.write('out', `${name(at).slice(4)} ${long}`);
      log.close();
      const lines = (await text()).trimEnd().split('\n');
      const shown = lines.map((line) => line.slice(time.length + 1, time.length + 9));
      const numbers = Array.from({ length: room + over }, (_, at) => name(at));
      expect(shown).toEqual([...numbers.slice(0, room), 'flow the', ...numbers.slice(room + gone)]);
      expect(lines[room]).toBe(
        `${time} flow the log is over 8 MiB: ${String(gone)} lines left out, the last ones follow`,
      );
    },
  );

  it('costs the step nothing where it cannot be written', async () => {
    await writeFile(join(dir, 'run-1'), 'in the way');
    log.write('out', 'one');
    expect(log.tail()).toEqual(['out one']);
    log.close();
    expect(await readFile(join(dir, 'run-1'), 'utf8')).toBe('in the way');
  });

  it('has at its end what could not be written when it was said', async () => {
    await writeFile(join(dir, 'run-1'), 'in the way');
    for (const line of ['one', 'two']) log.write('out', line);
    await rm(join(dir, 'run-1'));
    log.close();
    expect(await text()).toContain(`${time} out one\n${time} out two\n`);
  });

  it.runIf(existsSync('/proc/self/fd'))('holds one file open, and none once it is closed', async () => {
    const open = async (): Promise<string[]> => {
      const files = await readdir('/proc/self/fd');
      const paths = await Promise.all(files.map((file) => readlink(`/proc/self/fd/${file}`).catch(() => '')));
      return paths.filter((path) => path === log.path);
    };
    for (let at = 0; at < 3; at += 1) log.write('out', 'x');
    expect(await open()).toHaveLength(1);
    log.close();
    expect(await open()).toEqual([]);
  });

  it('has beside it what a step left', () => {
    expect(leftPath('/logs/run-1/log.log', 'found.json')).toBe('/logs/run-1/log.found.json');
  });
});

describe('reading a log', () => {
  let dir: string;
  let path: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-log-'));
    path = join(dir, 'a.log');
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));
  const read = async (options?: Parameters<typeof readLog>[1]): Promise<string[]> => {
    const lines: string[] = [];
    for await (const line of readLog(path, options)) lines.push(line);
    return lines;
  };

  it('finds nothing where there is none yet, and the last line without its end too', async () => {
    expect(await read()).toEqual([]);
    await writeFile(path, '');
    expect(await read()).toEqual([]);
    await writeFile(path, 'one\n\ntwo');
    expect(await read()).toEqual(['one', '', 'two']);
    await writeFile(path, 'one\n');
    expect(await read()).toEqual(['one']);
  });

  it('reads characters whole that lie over the end of what is read at once', async () => {
    const lines = ['é'.repeat(40_000), `a${'é'.repeat(40_000)}`, '水'.repeat(50_000)];
    await writeFile(path, lines.join('\n'));
    expect(await read()).toEqual(lines);
  });

  it('waits for what comes while it grows, and reads what was written before it ended', async () => {
    const parts = ['one\ntw', 'o\nthree', '\nfour'];
    let written = '';
    const growing = async () => {
      const part = parts.shift();
      written += part ?? '';
      await writeFile(path, written);
      return part !== undefined;
    };
    expect(await read({ growing })).toEqual(['one', 'two', 'three', 'four']);
  });

  it('stops when told to, between lines and while it waits', async () => {
    await writeFile(path, 'one\ntwo');
    const stop = new AbortController();
    const lines: string[] = [];
    for await (const line of readLog(path, { growing: () => Promise.resolve(true), signal: stop.signal })) {
      lines.push(line);
      stop.abort();
    }
    expect(lines).toEqual(['one', 'two']);
    expect(await read({ growing: () => Promise.resolve(true), signal: AbortSignal.abort() })).toEqual([]);
  });

  it('refuses what is no file', async () => {
    path = dir;
    await expect(read()).rejects.toThrow();
  });
});
