import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LineageRecord } from '../../src/app/records/release.ts';
import type { RunDetail } from '../../src/app/records/run.ts';
import { json, run } from '../product/command.ts';

interface CaseProject {
  readonly dir: string;
}

async function caseProject(name: string): Promise<CaseProject> {
  const dir = await mkdtemp(join(tmpdir(), 'towpath-case-'));
  await cp(fileURLToPath(new URL(`../cases/${name}`, import.meta.url)), dir, { recursive: true });
  return { dir };
}

const sourcesOf = ({ nodes }: LineageRecord): string[] =>
  nodes.flatMap(({ kind, label }) => (kind === 'source' ? [label] : [])).sort();

describe('a release and what was added after it', { timeout: 300_000 }, () => {
  let project: CaseProject;
  beforeAll(async () => {
    project = await caseProject('51-release');
    await writeFile(join(project.dir, 'docs/blank.md'), '');
    for (const file of ['', 'docs/rules.md', 'docs/map.md']) {
      const text = `# ${file}\n\nThe barrier of ${file} is painted red.\n`;
      if (file !== '') await writeFile(join(project.dir, file), text);
      expect(await run(project, ['run'])).toMatchObject({ exitCode: 0 });
    }
  }, 300_000);
  afterAll(() => rm(project.dir, { recursive: true, force: true }));

  it.each([
    ['r1', ['docs/fees.md', 'docs/hours.md']],
    ['r2', ['docs/fees.md', 'docs/hours.md', 'docs/rules.md']],
    ['r3', ['docs/fees.md', 'docs/hours.md', 'docs/map.md', 'docs/rules.md']],
  ])('made %s from %j only', async (release, files) => {
    expect(sourcesOf(await json<LineageRecord>(project, 'lineage', release, '--backwards'))).toEqual(files);
  });

  it('lets a source reach only the releases that were made with it', async () => {
    const { nodes } = await json<LineageRecord>(project, 'lineage', 'docs/rules.md', '--forwards');
    expect(nodes.flatMap(({ kind, label }) => (kind === 'release' ? [label] : [])).sort()).toEqual([
      'r2',
      'r3',
    ]);
  });

  it('lets a file that was rejected reach nothing', async () => {
    const { nodes, edges } = await json<LineageRecord>(project, 'lineage', 'docs/blank.md', '--forwards');
    expect(nodes).toMatchObject([{ kind: 'source', label: 'docs/blank.md' }]);
    expect(edges).toEqual([]);
  });
});

describe('files with all kinds of names', { timeout: 180_000 }, () => {
  let project: CaseProject;
  beforeAll(async () => {
    project = await caseProject('50-file-names');
    const odd = Buffer.from(`${project.dir}/docs/caf\xe9.md`, 'latin1');
    await writeFile(odd, '# Latin\n\nThe crane is blue.\n');
    expect(await run(project, ['run'])).toMatchObject({ exitCode: 0 });
  }, 120_000);
  afterAll(() => rm(project.dir, { recursive: true, force: true }));

  it('reads or rejects every one, with a reason', async () => {
    const { plan } = await json<RunDetail>(project, 'run', 'show', 'last');
    expect(plan.find(({ name }) => name === 'ingest')?.facts).toMatchObject({
      documents: 9,
      rejected: { TOW_DATA_FORMAT_UNKNOWN: 1, TOW_DATA_FILE_NAME: 1 },
    });
    const { stdout } = await run(project, ['logs', 'last', 'ingest']);
    expect(stdout).toContain('docs/caf\\xE9.md: its name is not UTF-8');
    expect(stdout).toContain('docs/notes.mdx: its name does not end in');
  });

  it.each(['docs/café-menü.md', 'docs/café-menü.md'.normalize('NFD'), 'docs/[lang]/page.md', 'docs/手册.md'])(
    'follows %s to the release',
    async (path) => {
      const { nodes } = await json<LineageRecord>(project, 'lineage', path, '--forwards');
      expect(nodes.map(({ label }) => label)).toContain('r1');
    },
  );
});
