import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { identifyProcess } from '../../core/process-identity.ts';
import { render } from '../../core/messages/message.ts';
import { onlyWheelsIn, writeWheel } from '../testing/wheel.ts';
import { runChild } from './child.ts';
import { ensureEnvironment } from './environment.ts';
import { findPython } from './find.ts';
import { runTrainer } from './run-trainer.ts';

// pip and venv take their time on a machine that is busy otherwise.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 });

const { signal } = new AbortController();

describe('the Python environment', () => {
  let dir: string;
  let root: string;
  let trainer: string;
  let lines: string[];
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-python-'));
    root = join(dir, 'python');
    trainer = join(dir, 'trainer');
    lines = [];
    await mkdir(join(trainer, 'src', 'towpath_trainer'), { recursive: true });
    await writeFile(join(trainer, 'src', 'towpath_trainer', '__init__.py'), '');
    await writeFile(join(trainer, 'requirements.txt'), '# pinned\ntiny-thing==1.0\n');
    await writeWheel(join(dir, 'wheels'), 'tiny-thing', '1.0', { 'tiny_thing.py': 'answer = 42\n' });
  });
  afterEach(() => rm(dir, { recursive: true }));
  const ensure = (env: Record<string, string> = {}) =>
    ensureEnvironment({
      root,
      trainer,
      signal,
      progress: ({ note = '' }) => lines.push(`progress ${render(note, 'en')}`),
      log: (line) => lines.push(line),
      env: { ...onlyWheelsIn(join(dir, 'wheels')), ...env },
    });
  const realPython = async () =>
    (await runChild('python3', ['-c', 'import sys; print(sys.executable)'], { signal, silence: 20_000 }))
      .tail[0] ?? '';
  const program = (source: string) =>
    writeFile(join(trainer, 'src', 'towpath_trainer', 'program.py'), source);
  const run = async (python: string) => {
    const seen: unknown[] = [];
    const log = (line: string) => lines.push(line);
    const shared = { python, trainer, module: 'towpath_trainer.program', args: ['a'], subject: 'tiny' };
    await runTrainer({ ...shared, signal, log, progress: (each) => seen.push(each) });
    return seen;
  };

  it('holds the pinned packages, is made once, and again when the list changes', async () => {
    const python = await ensure();
    const use = 'import tiny_thing; print(tiny_thing.answer)';
    expect((await runChild(python, ['-c', use], { signal, silence: 20_000 })).tail).toEqual(['42']);
    expect(lines.join('\n')).toMatch(/^progress installing tiny[-_ ]thing/m);
    lines = [];
    expect(await ensure()).toBe(python);
    expect(lines).toEqual([]);
    await writeFile(join(trainer, 'requirements.txt'), 'tiny-thing==1.0 # again\n');
    const again = await ensure();
    expect(again).not.toBe(python);
    // The first is still the one of other projects, whose Towpath may be an older one; nothing else is left behind.
    const folders = [python, again].map((path) => basename(join(path, '..', '..')));
    expect((await readdir(root)).sort()).toEqual(folders.sort());
  });

  it('runs the trainer of the Towpath that asks, wherever the one that made it was', async () => {
    const first = await ensure();
    const moved = join(dir, 'moved');
    await rename(trainer, moved);
    trainer = moved;
    await program('print("it moved")\n');
    expect(await ensure()).toBe(first);
    lines = [];
    await run(first);
    expect(lines).toEqual(['it moved']);
  });

  it('is given a pip of its own where the Python it is made with lends none', async () => {
    await writeFile(
      join(dir, 'python3'),
      `#!/bin/sh\ncase "$2" in *"import os, pip"*) exit 1;; esac\nexec ${await realPython()} "$@"\n`,
    );
    await chmod(join(dir, 'python3'), 0o755);
    const python = await ensure({ PATH: `${dir}:${process.env['PATH'] ?? ''}` });
    const use = 'import tiny_thing, pip; print(tiny_thing.answer)';
    expect((await runChild(python, ['-c', use], { signal, silence: 20_000 })).tail).toEqual(['42']);
  }, 120_000);

  it('holds its own copy of what the Python it is made with has too', async () => {
    const ask = ['-c', 'import pip; print(pip.__version__)'];
    const [version = ''] = (await runChild('python3', ask, { signal, silence: 20_000 })).tail;
    await writeWheel(join(dir, 'wheels'), 'pip', version, { 'tiny_marker.py': '' });
    await writeFile(join(trainer, 'requirements.txt'), `pip==${version}\n`);
    const result = await runChild(await ensure(), ['-c', 'import tiny_marker'], { signal, silence: 20_000 });
    expect(result).toMatchObject({ code: 0 });
  });

  it('is made by one of two that need it at once', async () => {
    const [one, two] = await Promise.all([ensure(), ensure()]);
    expect(one).toBe(two);
    expect(lines.filter((line) => line.startsWith('making a virtual environment'))).toHaveLength(1);
    expect(lines).toContain('waiting for another process that makes the Python environment');
  });

  it('is made again when it was left half-made, and when its lock outlived its holder', async () => {
    const python = await ensure();
    const folder = join(python, '..', '..');
    await rm(join(folder, 'ready'));
    await rm(python);
    await writeFile(`${folder}.lock`, (identifyProcess() ?? '').replace(/^\d+-\d+/, '4194303-1'));
    expect(await ensure()).toBe(python);
    expect((await runChild(python, ['-c', 'import tiny_thing'], { signal, silence: 20_000 })).code).toBe(0);
  });

  it('says what pip said when a package cannot be had, and leaves nothing that looks ready', async () => {
    await writeFile(join(trainer, 'requirements.txt'), 'no-such-thing==1.0\n');
    const failed = ensure();
    await expect(failed).rejects.toMatchObject({ code: 'TOW_TRAIN_PYTHON_SETUP', kind: 'environment' });
    await expect(failed).rejects.toMatchObject({
      cause: { message: expect.stringContaining('no-such-thing') as string },
    });
    await expect(ensure()).rejects.toMatchObject({ code: 'TOW_TRAIN_PYTHON_SETUP' });
    expect(await readdir(root)).toEqual([]);
  });

  it('says that there is no Python when none is on the PATH', async () => {
    await expect(findPython({ signal, env: { PATH: dir } })).rejects.toMatchObject({
      code: 'TOW_TRAIN_PYTHON_MISSING',
      message: expect.stringContaining('no Python on the PATH') as string,
    });
  });

  it('passes an older Python over, and names it when there is no other', async () => {
    await writeFile(join(dir, 'python3'), '#!/bin/sh\necho towpath-python 3.8.10\n');
    await chmod(join(dir, 'python3'), 0o755);
    await expect(findPython({ signal, env: { PATH: dir } })).rejects.toThrow('python3 is 3.8.10');
  });

  it('turns JSON lines of a program into progress and the others into log lines', async () => {
    await program(
      'import sys\nprint(\'{"done": 1, "total": 2, "note": "half"}\')\nprint("hello", sys.argv[1])\n',
    );
    expect(await run(await ensure())).toEqual([{ done: 1, total: 2, note: 'half', unit: 'files' }]);
    expect(lines).toContain('hello a');
  });

  it('tells an input that a program does not take from a program that broke', async () => {
    const python = await ensure();
    const unfit = '{"code": "TOW_TRAIN_MODEL_UNFIT", "message": "it is a llama", "hint": null}';
    await program(`import sys\nprint('error: ${unfit}', file=sys.stderr)\nsys.exit(3)\n`);
    await expect(run(python)).rejects.toMatchObject({
      code: 'TOW_TRAIN_MODEL_UNFIT',
      message: 'tiny cannot be converted: it is a llama',
    });
    await program('raise RuntimeError("broken within")\n');
    await expect(run(python)).rejects.toMatchObject({
      code: 'TOW_TRAIN_FAILED',
      cause: { message: expect.stringContaining('broken within') as string },
    });
  });

  it('kills a program that says nothing for too long', async () => {
    const result = await runChild('python3', ['-c', 'import time; time.sleep(60)'], { signal, silence: 500 });
    expect(result).toMatchObject({ silent: true });
  });
});
