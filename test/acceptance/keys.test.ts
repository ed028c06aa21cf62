import { appendFile, cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planStages } from '../../src/flow/plan-stages.ts';
import { sections, stages } from '../../src/app/stages.ts';
import { CodeVersions } from '../../src/flow/code/code-version.ts';
import { compiledModule } from '../../src/flow/code/compiled.ts';
import { loadProject } from '../../src/project/load.ts';

const root = join(import.meta.dirname, '../..');
const dist = join(root, 'dist');

type Versions = ReadonlyMap<string, string>;

/** What of a step's key is code: every other part of it is read from the project. */
describe('the code of the steps of both examples', () => {
  let copy: string;
  let modules: Map<string, string>;
  let before: Versions;

  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'towpath-keys-'));
    await cp(dist, join(copy, 'dist'), { recursive: true });
    await cp(join(root, 'trainer'), join(copy, 'trainer'), { recursive: true });
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    modules = new Map();
    for (const [example, file] of [
      ['handbook', 'towpath.yaml'],
      ['handbook', 'tuned.yaml'],
      ['tiny-lm', 'towpath.yaml'],
    ] as const) {
      const dir = join(copy, 'examples', file, example);
      const from = join(root, 'examples', example);
      await cp(from, dir, { recursive: true, filter: (path) => !path.includes('.towpath') });
      await cp(join(from, file), join(dir, 'towpath.yaml'));
      const { signal } = new AbortController();
      const project = await loadProject(dir, sections);
      for (const { kind } of await planStages(stages, project, { live: undefined, signal })) {
        const path = relative(dist, fileURLToPath(compiledModule(kind.module)));
        modules.set(kind.name, join(copy, 'dist', path));
      }
    }
    before = await versions();
  }, 120_000);
  afterAll(() => rm(copy, { recursive: true }));

  const versions = async (): Promise<Versions> => {
    const codes = new CodeVersions();
    const found = new Map<string, string>();
    for (const [kind, path] of modules) found.set(kind, await codes.of(pathToFileURL(path).href));
    return found;
  };

  /** The kinds of step whose code is another after these files were changed; they are put back. */
  const changedBy = async (wanted: (path: string) => boolean): Promise<string[]> => {
    const files = (await readdir(copy, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
      .map(({ parentPath, name }) => relative(copy, join(parentPath, name)))
      .filter(wanted);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) await appendFile(join(copy, file), file.endsWith('.py') ? '\n# x' : '\n//x');
    const now = await versions();
    for (const file of files)
      await cp(file.startsWith('dist') ? join(dist, file.slice(5)) : join(root, file), join(copy, file));
    expect(await versions()).toEqual(before);
    return [...now]
      .filter(([kind, code]) => code !== before.get(kind))
      .map(([kind]) => kind)
      .sort();
  };

  it('are the steps of the whole flow', () => {
    expect([...modules.keys()].sort()).toEqual(
      expect.arrayContaining(['data.index', 'data.ingest', 'evaluate.answer', 'release.bundle', 'train.fit']),
    );
    expect(modules.size).toBeGreaterThan(12);
  });

  it('stays the same whatever is said to people, in either language', async () => {
    expect(await changedBy((path) => path.startsWith('dist/core/messages/texts/'))).toEqual([]);
    expect(
      await changedBy((path) => /^dist\/core\/messages\/(?:table|error-table|load)\.js$/.test(path)),
    ).toEqual([]);
    expect(
      await changedBy((path) =>
        /^dist\/(?:evaluate\/report|train\/curves\/render)\/(?!report\.js$)/.test(path),
      ),
    ).toEqual([]);
  });

  it('stays the same when codes of errors are added', async () => {
    expect(
      await changedBy((path) => /^dist\/(?:\w+\/errors|core\/errors\/core-errors)\.js$/.test(path)),
    ).toEqual([]);
  });

  // Two steps run models themselves, and one of them the answer path.
  it.each([
    ['data', /^data\./],
    ['train', /^train\./],
    ['evaluate', /^evaluate\./],
    ['release', /^release\./],
    ['deploy', /^none$/],
    ['qa', /^evaluate\.answer$/],
    ['llama', /^(?:evaluate\.answer|train\.agreement)$/],
    ['replica', /^none$/],
    ['gateway', /^none$/],
    ['cli', /^none$/],
    ['app', /^none$/],
  ])('of other stages stays the same whatever changes in %s', async (stage, own) => {
    const changed = await changedBy((path) => path.startsWith(`dist/${stage}/`) && path.endsWith('.js'));
    expect(changed.filter((kind) => !own.test(kind))).toEqual([]);
  });

  it.each([
    ['data/prepare/mask/mask.js', ['data.prepare']],
    ['data/formats/table.js', ['data.ingest']],
    ['data/formats/csv/read.js', ['data.ingest']],
    ['data/formats/isolated/child.js', ['data.ingest']],
    ['evaluate/score/compare.js', ['evaluate.choose', 'evaluate.score']],
    ['qa/retrieval/fuse.js', ['evaluate.answer']],
    ['train/models/weights/gguf.js', ['train.agreement', 'train.export', 'train.model']],
    ['contract/release-manifest.js', ['release.bundle']],
  ])('changes with the helper %s in the steps that run it, and in no other', async (helper, kinds) => {
    expect(await changedBy((path) => path === `dist/${helper}`)).toEqual(kinds);
  });

  it('leaves the Python programs to the parameters of the steps that run them', async () => {
    expect(await changedBy((path) => path.startsWith('trainer/') && path.endsWith('.py'))).toEqual([]);
  });
});
