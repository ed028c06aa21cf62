import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asDigest, digestBytes, digestFile, isDigest, shortDigest } from './digest.ts';

const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'; // FIPS 180-2, appendix B.1

test('the digest of "abc" is the standard’s own example, from bytes and from a file', async () => {
  expect(digestBytes('abc')).toBe(abc);
  const dir = await mkdtemp(join(tmpdir(), 'digest-'));
  await writeFile(join(dir, 'abc'), 'abc');
  expect(await digestFile(join(dir, 'abc'))).toBe(abc);
  await rm(dir, { recursive: true });
});

test('a digest may carry the OCI prefix; anything else is refused', () => {
  expect(asDigest(`sha256:${abc}`)).toBe(abc);
  expect(shortDigest(asDigest(abc))).toBe('ba7816bf8f01');
  expect(isDigest(abc.toUpperCase())).toBe(false);
  expect(() => asDigest('sha256:abc')).toThrow(TypeError);
});

test('digesting a file that is not there rejects with the file system’s error', async () => {
  await expect(digestFile('/nonexistent/file')).rejects.toMatchObject({ code: 'ENOENT' });
});
