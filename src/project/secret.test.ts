import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { maskSecrets, resolveSecret, secretRef } from './secret.ts';

it('fetches a secret from the environment or a file, without its line end', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'towpath-secret-'));
  await writeFile(join(dir, 'token'), 'abc\n');
  const sources = { dir, env: { HF_TOKEN: 'xyz' } };
  expect(await resolveSecret(secretRef().parse('env:HF_TOKEN'), sources)).toBe('xyz');
  expect(await resolveSecret(secretRef().parse('file:token'), sources)).toBe('abc');
});

it('says which secret is missing and how to set it', async () => {
  await expect(resolveSecret({ env: 'NOPE' }, { dir: '/', env: { NOPE: '' } })).rejects.toMatchObject({
    code: 'TOW_PROJECT_SECRET_MISSING',
    hint: 'set it before starting: export NOPE=…',
  });
  await expect(resolveSecret({ file: 'nope' }, { dir: '/nowhere', env: {} })).rejects.toThrow(
    '/nowhere/nope',
  );
});

it('does not repeat a literal in its message', () => {
  expect(secretRef().safeParse('hf_abc').error?.message).not.toContain('hf_abc');
});

it('masks every occurrence', () => {
  expect(maskSecrets('a secret1 b secret1', ['secret1', ''])).toBe('a **** b ****');
});
