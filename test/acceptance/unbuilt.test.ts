import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('the command of a clone that was not built says what to do', () => {
  const clone = mkdtempSync(join(tmpdir(), 'towpath-clone-'));
  cpSync(fileURLToPath(new URL('../../towpath', import.meta.url)), join(clone, 'towpath'));
  for (const [locale, said] of [
    ['C', 'Towpath is not built yet'],
    ['zh_CN.UTF-8', 'Towpath 尚未构建'],
  ] as const) {
    const env = { PATH: process.env['PATH'], LC_ALL: locale };
    const { status, stderr } = spawnSync(join(clone, 'towpath'), ['--help'], { env, encoding: 'utf8' });
    expect(stderr).toContain(said);
    expect(stderr.split('\n')).toHaveLength(2);
    expect(status).toBe(4);
  }
  rmSync(clone, { recursive: true });
});

test('the build speaks the language of the locale', () => {
  const texts = JSON.stringify(new URL('../../scripts/build-texts.mjs', import.meta.url));
  const script = `import { texts } from ${texts}; console.log(texts.firstTime());`;
  for (const [locale, said] of [
    ['C', 'building Towpath'],
    ['zh_CN.UTF-8', '正在构建 Towpath'],
  ] as const) {
    const env = { PATH: process.env['PATH'], LC_ALL: locale };
    const args = ['--input-type=module', '--eval', script];
    expect(spawnSync(process.execPath, args, { env, encoding: 'utf8' }).stdout).toContain(said);
  }
});
