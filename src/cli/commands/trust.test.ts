import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { showTrust } from '../../app/trust.ts';
import { cli } from '../testing/capture.ts';

test('trust in a path where nothing is, is told as such', async () => {
  const [dir, elsewhere] = await Promise.all(['a', 'b'].map(() => mkdtemp(join(tmpdir(), 'towpath-trust-'))));
  if (dir === undefined || elsewhere === undefined) throw new Error('two folders');
  const [file, trustFile] = [join(dir, 'towpath.yaml'), join(elsewhere, 'trust.json')];
  const gone = join(elsewhere, 'nope');
  await writeFile(file, 'project: x\n');
  const grants = { hosts: [], secrets: [], paths: [gone, elsewhere] };
  await writeFile(trustFile, JSON.stringify({ schema: 1, projects: { '*': grants } }), { mode: 0o600 });
  const record = await showTrust({ dir, file }, [], { TOWPATH_TRUST: trustFile });
  expect(record.notThere).toEqual([gone]);
  const { out } = await cli(['trust'], { cwd: dir, towpath: { trust: () => Promise.resolve(record) } });
  expect(out.text).toContain(`! not there: ${gone}`);
  for (const each of [dir, elsewhere]) await rm(each, { recursive: true });
});
