import { execFileSync } from 'node:child_process';
import {
  appendFile,
  chmod,
  mkdir,
  mkdtemp,
  realpath,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestBytes } from './digest.ts';
import { render } from './messages/message.ts';
import { englishIn } from './messages/testing/english.ts';
import { OutsideFile, OutsideFileError } from './outside-file.ts';

let top: string;
let project: string;
beforeEach(async () => {
  top = await realpath(await mkdtemp(join(tmpdir(), 'towpath-outside-')));
  project = join(top, 'project');
  await mkdir(join(project, 'docs'), { recursive: true });
  await mkdir(join(top, 'elsewhere'));
  await writeFile(join(project, 'docs/a.md'), 'inside');
  await writeFile(join(top, 'elsewhere/secret.md'), 'not yours');
});
afterEach(() => rm(top, { recursive: true, force: true }));

const open = (path: string, more: readonly string[] = [], maxBytes = 1000): Promise<OutsideFile> =>
  OutsideFile.open(path, { within: [project, ...more], maxBytes });

async function refusal(work: Promise<OutsideFile>): Promise<OutsideFileError> {
  const result = await work.catch((error: unknown) => error);
  if (!(result instanceof OutsideFileError)) throw new Error(`not refused: ${String(result)}`);
  expect(englishIn(render(result.said, 'zh'), ['FIFO', 'EACCES', 'towpath'])).toEqual([]);
  return result;
}

describe('a file from outside', () => {
  it('is read whole, by its blocks or as its digest', async () => {
    expect(String(await (await open('docs/a.md')).whole())).toBe('inside');
    expect(await (await open(join(project, 'docs/a.md'))).digest()).toBe(digestBytes('inside'));
    await writeFile(join(project, 'empty'), '');
    expect((await (await open('empty')).whole()).length).toBe(0);
    const long = Buffer.alloc((1 << 20) * 2 + 7, 'x');
    await writeFile(join(project, 'long'), long);
    const lengths: number[] = [];
    for await (const block of (await open('long', [], 1 << 22)).blocks()) lengths.push(block.length);
    expect(lengths).toEqual([1 << 20, 1 << 20, 7]);
  });

  it('is refused for what it is, without waiting for anybody to write into it', async () => {
    const server = createServer().listen(join(project, 'socket'));
    execFileSync('mkfifo', [join(project, 'fifo')]);
    await symlink('fifo', join(project, 'to-fifo'));
    await symlink('loop', join(project, 'loop'));
    await symlink('nothing', join(project, 'dangling'));
    const expected = {
      fifo: ['special', /a FIFO/],
      'to-fifo': ['special', /a FIFO/],
      socket: ['special', /a socket/],
      docs: ['special', /a folder/],
      loop: ['special', /circle/],
      dangling: ['missing', /link to a file that is not there/],
      none: ['missing', /^it is not there/],
      'docs/a.md/b': ['missing', /not there/],
    } as const;
    for (const [path, [problem, reason]] of Object.entries(expected)) {
      const refused = await refusal(open(path));
      expect([path, refused.problem]).toEqual([path, problem]);
      expect(refused.reason).toMatch(reason);
    }
    await new Promise((resolve) => server.close(resolve));
  });

  it('may lie in a trusted place, and devices are refused there before they are opened', async () => {
    expect((await refusal(open('/dev/zero'))).problem).toBe('outside');
    for (const device of ['/dev/zero', '/dev/random', '/dev/tty'])
      expect((await refusal(open(device, ['/dev']))).reason).toMatch(/a device/);
    const file = await open('../elsewhere/secret.md', [join(top, 'elsewhere')]);
    expect(file.inside).toBe(false);
    await file.close();
  });

  it('is refused over its limit before a byte of it is read, sparse or not', async () => {
    await writeFile(join(project, 'large'), '');
    await truncate(join(project, 'large'), 2 ** 40);
    expect(await refusal(open('large'))).toMatchObject({ problem: 'too-large' });
  });

  it('is told to have changed when it grows or shrinks while it is read', async () => {
    const grown = await open('docs/a.md');
    await appendFile(join(project, 'docs/a.md'), ' and more');
    await expect(grown.whole()).rejects.toMatchObject({ problem: 'changed', reason: 'it has grown' });
    const shrunk = await open('docs/a.md');
    await truncate(join(project, 'docs/a.md'), 3);
    await expect(shrunk.whole()).rejects.toMatchObject({ problem: 'changed' });
  });

  it('that was opened stays what it is when another takes its name', async () => {
    const file = await open('docs/a.md');
    await rename(join(top, 'elsewhere/secret.md'), join(project, 'docs/a.md'));
    expect(String(await file.whole())).toBe('inside');
  });

  it('in the folder of a tool is none, by whatever way', async () => {
    for (const tool of ['.git', '.towpath']) {
      await mkdir(join(project, tool));
      await writeFile(join(project, tool, 'config'), 'token');
      await symlink(join(tool, 'config'), join(project, `to${tool}`));
      expect((await refusal(open(`${tool}/config`))).reason).toContain(tool);
      expect((await refusal(open(`to${tool}`))).reason).toContain(tool);
    }
  });

  it.runIf(process.getuid?.() !== 0)('that may not be read is refused with the reason', async () => {
    await chmod(join(project, 'docs/a.md'), 0);
    expect(await refusal(open('docs/a.md'))).toMatchObject({ problem: 'unreadable' });
  });
});

describe('containment', () => {
  it('holds for any path through any links: what is read lies inside', async () => {
    await symlink('../elsewhere', join(project, 'out'));
    await symlink(join(top, 'elsewhere/secret.md'), join(project, 'docs/out.md'));
    await symlink('docs', join(project, 'in'));
    await symlink('..', join(project, 'docs/up'));
    await symlink('.', join(project, 'here'));
    const names = [
      'docs',
      'a.md',
      'out',
      'out.md',
      'in',
      'up',
      'here',
      '..',
      '.',
      '',
      'project',
      'elsewhere',
      'secret.md',
    ];
    const path = fc
      .tuple(
        fc.constantFrom('', '/', `${project}/`, `${top}/`),
        fc.array(fc.constantFrom(...names), { maxLength: 6 }),
      )
      .map(([start, parts]) => `${start}${parts.join('/')}`);
    let opened = 0;
    await fc.assert(
      fc.asyncProperty(path, async (name) => {
        const file = await open(name).catch((error: unknown) => error);
        if (!(file instanceof OutsideFile)) {
          expect(file).toBeInstanceOf(OutsideFileError);
          return;
        }
        opened += 1;
        expect(String(await file.whole())).toBe('inside');
        expect(file.real.startsWith(`${project}/`) && file.inside).toBe(true);
      }),
      {
        numRuns: 1500,
        examples: [['docs/a.md'], ['in/up/here/docs/a.md'], ['out/secret.md'], ['docs/out.md']],
      },
    );
    expect(opened).toBeGreaterThan(1);
  });

  it('holds while a folder on the way turns into a link out and back', async () => {
    const inside = join(project, 'swap');
    await mkdir(join(top, 'real'));
    await writeFile(join(top, 'real/secret.md'), 'inside');
    await rename(join(top, 'real'), inside);
    let stop = false as boolean;
    const swapping = (async () => {
      while (!stop) {
        await rename(inside, join(project, 'aside'));
        await symlink('../elsewhere', inside);
        await new Promise(setImmediate);
        await rm(inside);
        await rename(join(project, 'aside'), inside);
        await new Promise(setImmediate);
      }
    })();
    const seen = new Set<string>();
    for (let i = 0; i < 400; i += 1) {
      const file = await open('swap/secret.md').catch((error: unknown) => error);
      seen.add(file instanceof OutsideFile ? String(await file.whole()) : (file as OutsideFileError).problem);
    }
    stop = true;
    await swapping;
    expect(String(await (await open('swap/secret.md')).whole())).toBe('inside');
    // Never the content of the file outside.
    for (const each of seen) expect(['inside', 'outside', 'missing', 'changed', 'special']).toContain(each);
  });
});
