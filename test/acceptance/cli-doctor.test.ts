import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder, towpath } from './cli-command.ts';

interface Report {
  readonly ok: boolean;
  readonly checks: readonly { readonly name: string; readonly state: string; readonly fix?: string }[];
}

it('finds that this machine, which runs the tests, has what is needed', async () => {
  const { exitCode, stdout } = await towpath(['doctor', '--json'], { cwd: await emptyFolder() });
  const { ok, checks } = JSON.parse(stdout) as Report;
  expect(checks.filter(({ state }) => state === 'fail')).toEqual([]);
  expect(ok).toBe(true);
  expect(exitCode).toBe(0);
  expect(checks.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'node',
      'python',
      'libsql',
      '@duckdb/node-api',
      '@lancedb/lancedb',
      'node-llama-cpp',
    ]),
  );
}, 120_000);

it('exits with 4 and says how to get it when a project needs Python and there is none', async () => {
  const cwd = await emptyFolder();
  await writeFile(join(cwd, 'a.md'), '# A');
  await writeFile(
    join(cwd, 'towpath.yaml'),
    `project: a
sources: [{ name: a, files: ["a.md"] }]
models:
  generator:
    name: m
    sha256: ${'a'.repeat(64)}
    licence: MIT
    from: [{ pip: "x==1", file: "x/y.gguf" }]
`,
  );
  const { exitCode, stdout } = await towpath(['doctor'], { cwd, env: { PATH: cwd } });
  expect(exitCode).toBe(4);
  expect(stdout).toMatch(/✖ python +no Python on the PATH\n +fix: /);
  expect(stdout).toContain('1 failed');
}, 120_000);
