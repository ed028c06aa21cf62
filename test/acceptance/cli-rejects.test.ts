import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LeftOutRecord } from '../../src/app/records/run.ts';
import { emptyFolder, towpath } from './cli-command.ts';

const bad = 30_000;

describe('towpath rejects', { timeout: 180_000 }, () => {
  let cwd: string;
  beforeAll(async () => {
    cwd = await emptyFolder();
    await mkdir(join(cwd, 'docs'));
    const text = 'The lock opens when the levels agree, and the boat goes on its way to the next lock.';
    await writeFile(
      join(cwd, 'docs/a.md'),
      `# Lock\n\n${text}\n\nWrite to ada@firm.cn or call 13812345678.\n`,
    );
    await writeFile(
      join(cwd, 'docs/copy.md'),
      `# Lock\n\n${text}\n\nWrite to ada@firm.cn or call 13812345678.\n`,
    );
    const rows = Array.from({ length: bad }, (_, n) => (n % 2 === 0 ? '{"text":' : '{"text":"short"}'));
    await writeFile(join(cwd, 'docs/rows.jsonl'), `${JSON.stringify({ text })}\n${rows.join('\n')}\n`);
    await writeFile(
      join(cwd, 'towpath.yaml'),
      'project: lock\nsources:\n  - name: docs\n    files: ["docs/**/*.md", "docs/*.jsonl"]\n',
    );
    const run = await towpath(['run'], { cwd });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(/ingest +done .* · rejected 15,000 · see `towpath rejects`/);
    expect(run.stdout).toMatch(
      /prepare +done .* · rejected 15,001 · masked email 2, phone 2 · see `towpath rejects`/,
    );
  }, 180_000);

  it('lists every one with its file, place and reason, and what was masked without its content', async () => {
    const { exitCode, stdout } = await towpath(['rejects', '--json'], { cwd });
    expect(exitCode).toBe(0);
    const records = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as LeftOutRecord);
    const lines = records.flatMap((each) =>
      each.outcome === 'rejected' && each.source.startsWith('docs/rows.jsonl') ? [each.line] : [],
    );
    expect(lines.toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual(
      Array.from({ length: bad }, (_, n) => n + 2),
    );
    expect(records.filter(({ outcome }) => outcome === 'rejected')).toHaveLength(bad + 1);
    expect(records.filter(({ outcome }) => outcome === 'masked')).toEqual(
      ['a', 'copy'].flatMap((name) =>
        ['email', 'phone'].map((kind) => ({
          ...{ outcome: 'masked', step: 'prepare', source: `docs/${name}.md`, line: 5, kind },
        })),
      ),
    );
    expect(stdout).not.toMatch(/firm|1381234/);
  });

  it('says how many first, in words, of a run by its id too', async () => {
    const last = await towpath(['rejects'], { cwd });
    expect(last.stdout).toMatch(
      /^run-\S+: rejected 30,001 \(.*TOW_DATA_JSON_INVALID 15,000.*\) · masked 4 \(email 2, phone 2\)\n/,
    );
    expect(last.stdout).toMatch(/^rejected docs\/rows\.jsonl#2:2 .+ · TOW_DATA_JSON_INVALID$/m);
    expect(last.stdout).toMatch(/^masked {3}docs\/a\.md:5 email$/m);
    const id = /^run-\S+(?=:)/.exec(last.stdout)?.[0] ?? '';
    expect((await towpath(['rejects', id], { cwd })).stdout).toBe(last.stdout);
  });
});

describe('a source that prepare leaves nothing of', { timeout: 60_000 }, () => {
  it('is told with the log of that step, and its rejects are listed', async () => {
    const cwd = await emptyFolder();
    await mkdir(join(cwd, 'docs'));
    await writeFile(
      join(cwd, 'docs/fr.md'),
      'Le bateau avance lentement le long du canal, et les écluses s’ouvrent quand les niveaux sont égaux.\n',
    );
    await writeFile(
      join(cwd, 'towpath.yaml'),
      'project: lock\nsources:\n  - name: docs\n    files: ["docs/*.md"]\n',
    );
    const { exitCode, stderr } = await towpath(['run'], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/TOW_DATA_SOURCE_EMPTY: .*language is fr/);
    expect(stderr).toMatch(/log: towpath logs run-\S+ prepare\n/);
    expect(stderr).not.toContain('ingest');
    expect((await towpath(['logs', 'last', 'prepare'], { cwd })).stdout).toMatch(/ rejected docs\/fr\.md: /);
    const rejects = (await towpath(['rejects'], { cwd })).stdout;
    expect(rejects).toContain('rejected 1 (TOW_DATA_LANGUAGE 1) · what prepare masked is not known');
    expect(rejects).toMatch(/^rejected docs\/fr\.md its language is fr.* · TOW_DATA_LANGUAGE$/m);
    expect(rejects).not.toContain('nothing');
    expect((await towpath(['logs', 'last', 'index'], { cwd })).stderr).toBe('step index wrote no log\n');
  });
});

describe('a source that ingest leaves nothing of', { timeout: 60_000 }, () => {
  it('has every file listed that was rejected', async () => {
    const cwd = await emptyFolder();
    await mkdir(join(cwd, 'docs'));
    const latin1 = Buffer.from('Où êtes-vous? Le café est fermé.', 'latin1');
    for (let n = 0; n < 150; n += 1) await writeFile(join(cwd, `docs/${String(n)}.txt`), latin1);
    await writeFile(
      join(cwd, 'towpath.yaml'),
      'project: lock\nsources:\n  - name: docs\n    files: ["docs/*.txt"]\n',
    );
    expect((await towpath(['run'], { cwd })).exitCode).toBe(2);
    const { stdout } = await towpath(['rejects'], { cwd });
    expect(stdout).toMatch(/^run-\S+: rejected 150 \(TOW_DATA_ENCODING_UNKNOWN 150\)/);
    expect(stdout.match(/^rejected docs\/\d+\.txt /gm)).toHaveLength(150);
  });
});

describe('a page', { timeout: 60_000 }, () => {
  it('has what was masked in it told once for each kind, with the number', async () => {
    const cwd = await emptyFolder();
    await mkdir(join(cwd, 'docs'));
    const people = Array.from(
      { length: 7 },
      (_, n) => `<p>Write to someone${String(n)}@firm.cn about it.</p>`,
    );
    await writeFile(join(cwd, 'docs/a.html'), `<html><body>${people.join('\n')}</body></html>`);
    await writeFile(
      join(cwd, 'towpath.yaml'),
      'project: lock\nsources:\n  - name: docs\n    files: ["docs/*.html"]\n',
    );
    expect((await towpath(['run'], { cwd })).exitCode).toBe(0);
    const { stdout } = await towpath(['rejects'], { cwd });
    expect(stdout.match(/^masked .*$/gm)).toEqual(['masked   docs/a.html email × 7']);
    expect((await towpath(['rejects', '--json'], { cwd })).stdout.trimEnd().split('\n')).toHaveLength(7);
  });
});
