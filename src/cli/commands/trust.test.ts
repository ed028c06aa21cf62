import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { showTrust } from '../../app/trust.ts';
import { cli } from '../testing/capture.ts';
import { englishLeft } from '../testing/english-left.ts';
import { parsed, towpath } from '../testing/real.ts';
import type { TrustRecord } from '../../app/records/trust.ts';

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

describe('towpath trust', () => {
  let around: string;
  let dir: string;
  let env: Readonly<Record<string, string>>;
  beforeEach(async () => {
    around = await realpath(await mkdtemp(join(tmpdir(), 'towpath-trust-')));
    dir = join(around, 'project');
    env = { XDG_CONFIG_HOME: join(around, 'config') };
    await mkdir(dir);
    await writeFile(join(dir, 'a.md'), '# A\n');
  });
  afterEach(() => rm(around, { recursive: true, force: true }));

  const asking = (file: string) =>
    writeFile(
      join(dir, 'towpath.yaml'),
      `project: p
sources: [{ name: docs, files: ["a.md"] }]
models:
  generator:
    name: m
    sha256: ${'a'.repeat(64)}
    licence: MIT
    from: [{ file: ${JSON.stringify(file)} }]
`,
    );
  const trust = (...args: string[]) => towpath(dir, ['trust', ...args], { env });

  it('tells what is asked for, where, and whether it is trusted; trusts it, and takes it back', async () => {
    const model = join(around, 'models/m.gguf');
    await asking(model);
    const before = await trust();
    expect(before.out.lines).toContainEqual(
      expect.stringMatching(/^✗ +path .*m\.gguf +models\.generator\.from\[0\]\.file$/),
    );
    expect(before.out.lines.at(-1)).toBe(`  towpath trust --project ${dir} --path ${model}`);
    const { asked, command } = parsed<TrustRecord>(await trust('--json'));
    expect(asked).toMatchObject([{ kind: 'path', value: model, trusted: false }]);
    expect(command).toBe(before.out.lines.at(-1)?.trim());
    const after = await trust('--path', '../models/m.gguf');
    expect(after.out.lines).toContainEqual(expect.stringMatching(/^✓ +path .*m\.gguf/));
    expect(after.out.text).not.toContain('towpath trust --project');
    expect(englishLeft((await trust('--lang', 'zh')).out.text)).toEqual([]);
    const revoked = await trust('--revoke');
    expect(revoked.out.lines).toContainEqual(expect.stringMatching(/^✗ +path +/));
  });

  it('shows what a project file of somebody else asks for as text', async () => {
    await asking('/srv/\u001b[2J\u001b]0;title\u0007x\n✓  path  /srv/forged');
    const { out } = await trust();
    expect(out.text).not.toContain('\u001b');
    expect(out.text).not.toContain('\u0007');
    const forged = out.lines.slice(0, -2).filter((line) => line.startsWith('✓'));
    expect(forged).toEqual([]);
    const { asked } = parsed<TrustRecord>(await trust('--json'));
    expect(asked[0]?.value).toContain('\u001b[2J');
  });
});
