import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zipOf, type ZipMember } from '../../testing/zip.ts';
import { openArchive } from './archive.ts';

describe('an archive', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-archive-'));
  });
  afterAll(() => rm(dir, { recursive: true }));
  const open = async (members: readonly ZipMember[]) => {
    await writeFile(join(dir, 'x.zip'), zipOf(members));
    return await openArchive(join(dir, 'x.zip'), 'x.zip');
  };

  it('gives the content of a member', async () => {
    const archive = await open([{ name: 'a/b.txt', content: 'lock' }]);
    expect((await buffer(await archive.read('a/b.txt'))).toString()).toBe('lock');
    archive.close();
  });

  it.each(['../evil', '/etc/evil', 'a/../../evil', 'C:/evil', 'a\\..\\evil'])(
    'refuses the name %s',
    async (name) => {
      await expect(open([{ name, content: 'x' }])).rejects.toMatchObject({
        code: 'TOW_TRAIN_WEIGHTS_FORMAT',
      });
    },
  );

  it('fails on a member that unpacks to more than the directory says', async () => {
    const archive = await open([{ name: 'bomb', content: Buffer.alloc(1_000_000), claims: 10 }]);
    await expect(archive.read('bomb').then(buffer)).rejects.toThrow();
    archive.close();
  });

  it('names the largest files when the one asked for is missing', async () => {
    const archive = await open([{ name: 'real/model.gguf', content: 'weights' }]);
    await expect(archive.read('model.gguf')).rejects.toMatchObject({
      code: 'TOW_TRAIN_SOURCE_NOT_FOUND',
      hint: expect.stringContaining('real/model.gguf') as string,
    });
    archive.close();
  });
});
