import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readProjectFile } from './read.ts';

let dir: string;
let file: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'project-file-'));
  file = join(dir, 'towpath.yaml');
});
afterEach(() => rm(dir, { recursive: true }));

test.each([
  ['a link out of the folder', /in place of the link/, () => symlink('/etc/hostname', file)],
  ['a folder', /move it away/, () => mkdir(file)],
  ['a FIFO', /move it away/, () => Promise.resolve(spawnSync('mkfifo', [file]))],
  ['a link to a device', /in place of the link/, () => symlink('/dev/zero', file)],
  ['a file that is too large', /less than 256 KiB/, () => writeFile(file, Buffer.alloc(300_000, 'a'))],
])('what mends %s in place of the project file is told', async (_, hint, put) => {
  await put();
  await expect(readProjectFile(file)).rejects.toMatchObject({
    code: 'TOW_PROJECT_UNREADABLE',
    hint: expect.stringMatching(hint) as string,
  });
});
