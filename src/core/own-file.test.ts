import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NotAFile, readOwnFile } from './own-file.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'own-file-'));
});
afterEach(() => rm(dir, { recursive: true }));

test('a file is read whole, through a link too', async () => {
  await writeFile(join(dir, 'a'), '运河');
  await symlink('a', join(dir, 'b'));
  expect(await readOwnFile(join(dir, 'b'))).toBe('运河');
});

test('what is no file is refused without waiting for it; what is not there is told by the system', async () => {
  execFileSync('mkfifo', [join(dir, 'fifo')]);
  await symlink('/dev/zero', join(dir, 'zero'));
  for (const path of [join(dir, 'fifo'), join(dir, 'zero'), dir])
    await expect(readOwnFile(path)).rejects.toThrow(NotAFile);
  await expect(readOwnFile(join(dir, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
});
