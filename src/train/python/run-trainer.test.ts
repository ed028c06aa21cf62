import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CurvePoint } from '../../contract/curve.ts';
import { isErrorCode } from '../../core/errors/registry.ts';
import { saidIn, type TowpathError } from '../../core/errors/towpath-error.ts';
import type { MessageEntry } from '../../core/messages/entry.ts';
import { messageTable } from '../../core/messages/table.ts';
import { runTrainer, type TrainerRun } from './run-trainer.ts';
import { importClosure, trainerDigest, trainerDir } from './trainer.ts';

/** `say("trainer.…", "…"` of Python, with the parts of its English. */
const sayings = /(?<!def )\bsay\(\s*"(trainer\.[a-z0-9-]+)",\s*((?:"(?:[^"\\]|\\.)*"\s*)+)/g;

vi.setConfig({ testTimeout: 60_000 });

describe('running a program of the trainer', () => {
  let dir: string;
  let lines: string[];
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-trainer-'));
  });
  afterAll(() => rm(dir, { recursive: true }));

  /** Runs a few lines of Python as a module, with the Python of the machine: no environment is needed. */
  const run = async (source: string, more: Partial<TrainerRun> = {}): Promise<CurvePoint[]> => {
    await writeFile(join(dir, 'program.py'), source);
    vi.stubEnv('PYTHONPATH', dir);
    lines = [];
    const points: CurvePoint[] = [];
    await runTrainer({
      ...{ python: 'python3', module: 'program', args: [], subject: 'job tiny' },
      signal: new AbortController().signal,
      progress: () => undefined,
      log: (line) => lines.push(line),
      onMetric: (point) => points.push(point),
      ...more,
    });
    return points;
  };
  const fail = (code: string, hint: string) =>
    `import json, sys\nprint("error: " + json.dumps({"code": "${code}", "message": "step 7", "hint": ${hint}}), file=sys.stderr)\nsys.exit(3)\n`;

  it('takes points of curves from its output', async () => {
    const points = await run(
      'print(\'{"metric": {"step": 3, "loss": 2.5, "mfu": null}}\')\nprint(\'{"other": 1}\')\n',
    );
    expect(points).toEqual([{ step: 3, loss: 2.5, mfu: null }]);
    expect(lines).toEqual(['{"other": 1}']);
  });

  it('gives an error that the program names its code, its words and its hint', async () => {
    await expect(run(fail('TOW_TRAIN_DIVERGED', '"lower the rate"'))).rejects.toMatchObject({
      ...{ code: 'TOW_TRAIN_DIVERGED', message: 'job tiny: step 7', hint: 'lower the rate' },
    });
  });

  it('says it in the language of the reader where the program names a text of the table', async () => {
    const hint = { id: 'trainer.lower-processes' };
    const message = { id: 'trainer.few-gpus', values: { processes: 4, devices: 2 } };
    const told = { code: 'TOW_TRAIN_NO_CUDA', message: 'no', hint: 'no', texts: { message, hint } };
    const source = `import sys\nprint('error: ${JSON.stringify(told)}', file=sys.stderr)\nsys.exit(3)\n`;
    const error: unknown = await run(source).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      message: 'job tiny: 4 processes need as many CUDA devices, and there are 2',
      hint: 'Lower processes to the number of GPUs.',
    });
    expect(saidIn((error as TowpathError).toRecord(), 'zh')).toMatchObject({
      message: 'job tiny：4 个进程需要同样多的 CUDA 设备，而现有 2 个',
      hint: '请将 processes 降到 GPU 的数量。',
    });
  });

  it('passes on what a program is at as a text', async () => {
    const seen: unknown[] = [];
    const text = { id: 'trainer.validating', values: { done: 1, all: 2 } };
    const line = { done: 1, total: 2, unit: 'steps', note: 'validating, 1 of 2', text };
    await run(`print('${JSON.stringify(line)}')\n`, { progress: (each) => seen.push(each) });
    expect(seen).toEqual([{ done: 1, total: 2, unit: 'steps', note: text }]);
  });

  it('knows every code and every text that the trainer names, word for word', async () => {
    const files = await readdir(join(trainerDir, 'src'), { recursive: true });
    const sources = files.filter((file) => file.endsWith('.py'));
    const texts = await Promise.all(sources.map((file) => readFile(join(trainerDir, 'src', file), 'utf8')));
    const codes = texts.flatMap((text) => text.match(/(?<=")TOW_TRAIN_\w+(?=")/g) ?? []);
    expect(codes.filter((code) => !isErrorCode(code))).toEqual([]);
    const literal = /"((?:[^"\\]|\\.)*)"\s*/g;
    const said = new Map<string, string>();
    for (const [, id = '', english = ''] of texts.flatMap((text) => [...text.matchAll(sayings)]))
      said.set(id, [...english.matchAll(literal)].map(([, part]) => part).join(''));
    const ours = Object.entries<MessageEntry>(messageTable).filter(
      ([id]) => id.startsWith('trainer.') && id !== 'trainer.said',
    );
    expect(Object.fromEntries(said)).toEqual(Object.fromEntries(ours.map(([id, { en }]) => [id, en])));
    // None is said in another way, which would not be found above.
    const calls = texts.flatMap((text) => text.match(/(?<!def )\bsay\(/g) ?? []);
    expect(calls.length).toBe(texts.flatMap((text) => text.match(sayings) ?? []).length);
  });

  it('takes an unknown code for a program that broke', async () => {
    await expect(run(fail('TOW_TRAIN_NO_SUCH', 'None'))).rejects.toMatchObject({ code: 'TOW_TRAIN_FAILED' });
  });

  it('says that PyTorch is missing', async () => {
    const source = 'raise ModuleNotFoundError("No module named \'torch\'", name="torch")\n';
    await expect(run(source)).rejects.toMatchObject({ code: 'TOW_TRAIN_NO_TORCH', kind: 'environment' });
  });

  it('says that the disk is full, whichever program filled it', async () => {
    const source = 'import errno, os\nraise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "shard")\n';
    await expect(run(source)).rejects.toMatchObject({ code: 'TOW_TRAIN_DISK_FULL', kind: 'environment' });
  });

  it('tells a program that was killed from one that broke', async () => {
    const source = 'import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n';
    await expect(run(source)).rejects.toMatchObject({ code: 'TOW_TRAIN_WORKER_LOST', kind: 'environment' });
  });

  it('asks a program to stop and waits while it saves its work, but not for ever', async () => {
    const saved = join(dir, 'saved');
    const source = (seconds: number) =>
      `import signal, time, sys\ndef save(*_):\n    time.sleep(${String(seconds)})\n    open(${JSON.stringify(saved)}, "w").write("whole")\n    sys.exit(143)\n` +
      'signal.signal(signal.SIGTERM, save)\nprint("ready", flush=True)\nwhile True: time.sleep(0.05)\n';
    for (const [seconds, grace, kept] of [
      [0.3, 10_000, 'whole'],
      [60, 500, undefined],
    ] as const) {
      await rm(saved, { force: true });
      const cancel = new AbortController();
      const ready = (line: string): void => {
        if (line === 'ready') cancel.abort(new Error('cancelled'));
      };
      const started = performance.now();
      await expect(run(source(seconds), { signal: cancel.signal, grace, log: ready })).rejects.toThrow(
        'cancelled',
      );
      expect(performance.now() - started).toBeLessThan(30_000);
      await sleep(50);
      expect(await readFile(saved, 'utf8').catch(() => undefined)).toBe(kept);
    }
  });
});

describe('the version of a program of the trainer', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-version-'));
    const source = join(dir, 'src', 'towpath_trainer');
    await mkdir(join(source, 'parts'), { recursive: true });
    await writeFile(join(source, '__init__.py'), '');
    await writeFile(join(source, 'a.py'), 'from towpath_trainer.parts import (\n    b,\n)\n');
    await writeFile(join(source, 'parts', '__init__.py'), '');
    await writeFile(join(source, 'parts', 'b.py'), 'def f():\n    import towpath_trainer.c\n');
    await writeFile(join(source, 'c.py'), '');
    await writeFile(join(source, 'other.py'), '');
    await writeFile(join(dir, 'requirements.txt'), 'x==1\n');
  });
  afterAll(() => rm(dir, { recursive: true }));
  const version = () => trainerDigest('towpath_trainer.a', 'requirements.txt', dir);
  const change = (file: string) => writeFile(join(dir, file), '# changed\n');

  it('changes with what it imports and what it runs with, and with nothing else', async () => {
    const first = await version();
    await change('src/towpath_trainer/other.py');
    expect(await version()).toBe(first);
    const seen = new Set([first]);
    for (const file of [
      'src/towpath_trainer/c.py',
      'src/towpath_trainer/parts/__init__.py',
      'requirements.txt',
    ]) {
      await change(file);
      seen.add(await version());
    }
    expect(seen.size).toBe(4);
  });

  it('covers what Python loads for a real program', async () => {
    const asked = execFileSync(
      'python3',
      [
        '-c',
        'import sys, towpath_trainer.job; print(*[m for m in sys.modules if m.startswith("towpath_trainer")])',
      ],
      { env: { ...process.env, PYTHONPATH: join(trainerDir, 'src') }, encoding: 'utf8' },
    );
    expect([...(await importClosure('towpath_trainer.job')).keys()].sort()).toEqual(
      asked.trim().split(' ').sort(),
    );
  });
});
