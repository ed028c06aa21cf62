import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { maskSecrets, resolveSecret, secretRef } from './secret.ts';
import { noGrants } from './trust/trust-file.ts';
import { Trust } from './trust/trust.ts';

const to = new URL('https://hub.example/owner/repo');

it('fetches a secret from the environment or a file, without its line end', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'towpath-secret-'));
  await writeFile(join(dir, 'token'), 'abc\n');
  const secrets = ['env:HF_TOKEN@https://hub.example', 'file:token@https://hub.example'];
  const trust = await Trust.of(dir, { ...noGrants, secrets });
  const sources = { trust, to, env: { HF_TOKEN: 'xyz' } };
  expect(await resolveSecret(secretRef().parse('env:HF_TOKEN'), sources)).toBe('xyz');
  expect(await resolveSecret(secretRef().parse('file:token'), sources)).toBe('abc');
});

it('says which secret is missing and how to set it', async () => {
  const secrets = ['env:NOPE@https://hub.example', 'file:nope@https://hub.example'];
  const trust = await Trust.of('/nowhere', { ...noGrants, secrets });
  await expect(resolveSecret({ env: 'NOPE' }, { trust, to, env: { NOPE: '' } })).rejects.toMatchObject({
    code: 'TOW_PROJECT_SECRET_MISSING',
    hint: 'set it before starting: export NOPE=…',
  });
  await expect(resolveSecret({ file: 'nope' }, { trust, to, env: {} })).rejects.toThrow(
    'the secret file nope cannot be read: it is not there',
  );
});

it('does not repeat a literal in its message', () => {
  expect(secretRef().safeParse('hf_abc').error?.message).not.toContain('hf_abc');
});

it('masks every occurrence', () => {
  expect(maskSecrets('a secret1 b secret1', ['secret1', ''])).toBe('a **** b ****');
});
