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
