import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { digestBytes } from '../../core/digest.ts';
import { identifyProcess } from '../../core/process-identity.ts';
import { render } from '../../core/messages/message.ts';
import type { Progress } from '../../contract/progress.ts';
import { onlyWheelsIn, writeWheel } from '../testing/wheel.ts';
import { ensureEnvironment, placesOf, type EnvironmentOptions } from './environment.ts';
import { sharedPlace } from './place.ts';

// pip and venv take their time on a machine that is busy otherwise.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 });

const { signal } = new AbortController();
const list = 'tiny-thing==1.0\n';

let dir: string;
let root: string;
let trainer: string;
let lines: string[];
let seen: Progress[];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'towpath-shared-'));
  root = join(dir, 'cache', 'towpath', 'python');
  trainer = join(dir, 'trainer');
  lines = [];
  seen = [];
  await mkdir(trainer);
  await writeFile(join(trainer, 'requirements.txt'), list);
  await writeWheel(join(dir, 'wheels'), 'tiny-thing', '1.0', { 'tiny_thing.py': 'answer = 42\n' });
});
afterEach(async () => {
  await chmod(dir, 0o755);
  await rm(dir, { recursive: true });
});

const log = (line: string): void => {
  lines.push(line);
};
const ensure = (options: Partial<EnvironmentOptions> = {}) =>
  ensureEnvironment({
    root,
    trainer,
    signal,
    progress: (each) => seen.push(each),
    log,
    env: onlyWheelsIn(join(dir, 'wheels')),
    ...options,
  });

/** What an earlier version made inside a project. */
async function earlier(own: string, requirements: string): Promise<string> {
  const folder = join(own, `convert-${digestBytes(requirements).slice(0, 12)}`);
  const python = join(folder, 'bin', 'python');
  await mkdir(dirname(python), { recursive: true });
  await writeFile(python, '#!/bin/sh\n', { mode: 0o755 });
  await writeFile(join(folder, 'ready'), 'Python 3.11.0\n');
  return python;
}

describe('the place of Python environments', () => {
  it('is one for a user', () => {
    expect(sharedPlace({ XDG_CACHE_HOME: '/c', HOME: '/h' })).toBe('/c/towpath/python');
    expect(sharedPlace({ HOME: '/h' })).toBe('/h/.cache/towpath/python');
    expect(sharedPlace({ XDG_CACHE_HOME: 'relative', HOME: '/h' })).toBe('/h/.cache/towpath/python');
    expect(sharedPlace({})).toBeUndefined();
    expect(sharedPlace({ HOME: '' })).toBeUndefined();
  });

  it('is the project where the user has none that can be written to, and this is said', async () => {
    const project = join(dir, 'project');
    const own = join(project, '.towpath', 'python');
    expect(await placesOf(project, { HOME: dir }, log)).toEqual({
      root: join(dir, '.cache', 'towpath', 'python'),
      own,
    });
    expect(lines).toEqual([]);
    expect(await placesOf(project, {}, log)).toEqual({ root: own, own });
    expect(lines.pop()).toBe(`HOME is not set; this project gets a Python environment of its own in ${own}`);
    await writeFile(join(dir, 'file'), '');
    expect(await placesOf(project, { HOME: join(dir, 'file') }, log)).toEqual({ root: own, own });
    expect(lines.pop()).toMatch(/file\/\.cache\/towpath\/python cannot be written to: ENOTDIR; this project/);
  });
});

describe('the Python environment of a user', () => {
  it('is made once for two projects', async () => {
    const first = await ensure({ own: join(dir, 'one', '.towpath', 'python') });
    lines = [];
    expect(await ensure({ own: join(dir, 'two', '.towpath', 'python') })).toBe(first);
    expect(lines).toEqual([]);
    expect(first.startsWith(root)).toBe(true);
  });

  it('is the one that an earlier version made for the project, as long as that fits', async () => {
    const own = join(dir, 'project', '.towpath', 'python');
    const python = await earlier(own, list);
    expect(await ensure({ own })).toBe(python);
    const old = await earlier(own, 'tiny-thing==0.9\n');
    await rm(dirname(dirname(python)), { recursive: true });
    expect((await ensure({ own })).startsWith(root)).toBe(true);
    expect(lines).toContainEqual(
      expect.stringContaining(
        `removing ${dirname(dirname(old))}: Python environments are shared by projects now`,
      ),
    );
    expect(await readdir(own)).toEqual([]);
  });

  it('is shown to those who wait as far as it is', async () => {
    await writeWheel(join(dir, 'wheels'), 'big-thing', '1.0', { 'big.bin': Buffer.alloc(3_000_000, 'x') });
    await writeFile(join(trainer, 'requirements.txt'), `${list}big-thing==1.0\n`);
    const theirs: Progress[] = [];
    const [one, two] = await Promise.all([ensure(), ensure({ progress: (each) => theirs.push(each) })]);
    expect(one).toBe(two);
    const notes = (of: readonly Progress[]) => of.map(({ note = '' }) => render(note, 'en'));
    const [maker, waiter] = notes(seen).includes('Python environment ready')
      ? [seen, theirs]
      : [theirs, seen];
    expect(notes(maker)).toContainEqual(expect.stringMatching(/^installing .*\(package \d of 2\)$/));
    expect(notes(waiter).length).toBeGreaterThan(0);
    expect(notes(maker)).toEqual(expect.arrayContaining(notes(waiter)));
    expect(lines).toContain('waiting for another process that makes the Python environment');
  });

  it('is made anew after a kill, and what the killed one had started is ended first', async () => {
    const python = await ensure();
    const folder = join(python, '..', '..');
    await rm(join(folder, 'ready'));
    const orphan = spawn('sleep', ['600'], { stdio: 'ignore' });
    const ended = once(orphan, 'exit');
    const identity = identifyProcess(orphan.pid ?? 0) ?? '';
    await writeFile(`${folder}.installer`, identity);
    await mkdir(`${folder}.downloading`);
    expect(await ensure()).toBe(python);
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(await readdir(root)).toEqual([basename(folder)]);
  });

  it('is removed when no project has used it for 90 days, and not before', async () => {
    const first = join(await ensure(), '..', '..');
    await writeFile(join(trainer, 'requirements.txt'), `${list}# 2\n`);
    const second = join(await ensure(), '..', '..');
    const long = new Date(Date.now() - 91 * 86_400_000);
    for (const folder of [first, second]) await utimes(join(folder, 'ready'), long, long);
    await ensure();
    expect((await stat(join(second, 'ready'))).mtimeMs).toBeGreaterThan(long.getTime() + 1000);
    await writeFile(join(trainer, 'requirements.txt'), `${list}# 3\n`);
    await ensure();
    expect(await readdir(root)).toHaveLength(2);
    expect(lines).toContain(`removing ${first}: unused for 90 days`);
  });
});

describe('what hinders the making', () => {
  /** A pip that fails in the words of the real one. */
  async function pipThatSays(text: string): Promise<Record<string, string>> {
    const tools = join(dir, 'tools');
    await mkdir(tools);
    const python = join(tools, 'python3');
    const body = `#!/bin/sh
case "$*" in *towpath-python*) echo towpath-python 3.11.2; exit;; *"-m venv"*) ;; *) exit;; esac
for last; do :; done
mkdir -p "$last/bin" && printf '%s\\n' '#!/bin/sh' "cat >&2 <<'E'" ${text
      .split('\n')
      .map((line) => `"${line}"`)
      .join(' ')} E 'exit 1' > "$last/bin/python" && chmod +x "$last/bin/python"
`;
    await writeFile(python, body, { mode: 0o755 });
    return { PATH: `${tools}:${process.env['PATH'] ?? ''}` };
  }

  it('is a full disk', async () => {
    const env = await pipThatSays(
      'ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device',
    );
    const failed = ensure({ env });
    await expect(failed).rejects.toMatchObject({
      code: 'TOW_TRAIN_PYTHON_DISK_FULL',
      kind: 'environment',
      message: expect.stringContaining(root) as string,
    });
    expect(await readdir(root)).toEqual([]);
  });

  it('is a package index that does not answer', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const env = {
      PIP_CONFIG_FILE: '/dev/null',
      PIP_NO_INDEX: '',
      PIP_FIND_LINKS: '',
      PIP_EXTRA_INDEX_URL: '',
      PIP_INDEX_URL: `http://127.0.0.1:${String(port)}/simple`,
    };
    await expect(ensure({ env })).rejects.toMatchObject({
      code: 'TOW_TRAIN_PYTHON_UNREACHABLE',
      kind: 'environment',
    });
  });

  it('is told as pip says it otherwise', async () => {
    const env = await pipThatSays('ERROR: Something of its own');
    await expect(ensure({ env })).rejects.toMatchObject({
      code: 'TOW_TRAIN_PYTHON_SETUP',
      cause: { message: 'ERROR: Something of its own' },
    });
  });
});
