import { appendFile, cp, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sections, stages } from '../../src/app/stages.ts';
import { systemClock as clock } from '../../src/core/clock.ts';
import { entryOf, registerErrors } from '../../src/core/errors/registry.ts';
import { CodeVersions } from '../../src/flow/code/code-version.ts';
import { openFlow } from '../../src/flow/flow.ts';
import { planStages } from '../../src/flow/plan-stages.ts';
import { makePlan, type CheckedNode } from '../../src/flow/plan.ts';
import { loadProject } from '../../src/project/load.ts';
import { openStore } from '../../src/store/open.ts';
import { TestProject } from '../product/project.ts';
import { vocabularyStage } from './vocabulary/stage.ts';

const { signal } = new AbortController();
const withIt = [...stages, vocabularyStage];

describe('a stage from outside of the program', () => {
  let project: TestProject;
  beforeAll(async () => {
    project = await TestProject.create();
    await appendFile(project.path('towpath.yaml'), '\nvocabulary: { most: 3 }\n');
  });
  afterAll(() => rm(project.dir, { recursive: true }));

  const load = () => loadProject(project.dir, [...sections, ...vocabularyStage.sections]);
  const plan = async () => makePlan(await planStages(withIt, await load(), { live: undefined, signal }));

  it('has a part of the project file, which is unknown without it', async () => {
    expect((await load()).values.vocabulary).toEqual({ most: 3 });
    await expect(loadProject(project.dir, sections)).rejects.toMatchObject({ code: 'TOW_PROJECT_INVALID' });
  });

  it('has a step of its own in the plan, and leaves the others as they were', async () => {
    const { nodes } = await plan();
    expect(nodes.find(({ name }) => name === 'vocabulary')).toMatchObject({
      params: { most: 3 },
      inputs: { dataset: { step: 'prepare', output: 'dataset' } },
    });
    const before = makePlan(await planStages(stages, await load(), { live: undefined, signal }));
    const what = ({ name, params, inputs, external }: CheckedNode) => ({ name, params, inputs, external });
    expect(nodes.filter(({ name }) => name !== 'vocabulary').map(what)).toEqual(before.nodes.map(what));
  });

  it('is run and cached as any other', async () => {
    const stateDir = project.path('.towpath');
    const store = await openStore({ dir: stateDir, clock });
    try {
      const flow = await openFlow({ store, clock, projectDir: project.dir, stateDir });
      const { nodes } = await plan();
      const mine = makePlan(nodes.filter(({ name }) => ['ingest', 'prepare', 'vocabulary'].includes(name)));
      const outcome = await flow.run(mine);
      const digest = outcome.steps.get('vocabulary')?.outputs['counts'];
      const counts: unknown = JSON.parse(
        await readFile(await store.artifacts.open(digest ?? ('' as never)), 'utf8'),
      );
      expect(counts).toEqual([
        ['the', expect.any(Number)],
        [expect.any(String), expect.any(Number)],
        [expect.any(String), expect.any(Number)],
      ]);
      const again = await flow.run(mine);
      expect(again.steps.get('vocabulary')?.status).toBe('cached');
    } finally {
      await store.close();
    }
  });

  it('has a key that changes with what its step runs', async () => {
    const root = join(import.meta.dirname, '../..');
    for (const folder of ['dist', 'node_modules']) await symlink(join(root, folder), project.path(folder));
    const folder = project.path('test/stages/vocabulary');
    await cp(join(import.meta.dirname, 'vocabulary'), folder, { recursive: true });
    const version = () => new CodeVersions().of(pathToFileURL(join(folder, 'step.mjs')).href);
    const before = await version();
    expect(await version()).toBe(before);
    await appendFile(join(folder, 'words.mjs'), '// x');
    expect(await version()).not.toBe(before);
  });

  it('has errors of its own kinds', () => {
    registerErrors(vocabularyStage.errors);
    expect(entryOf('TOW_VOCABULARY_EMPTY')).toEqual({ kind: 'user' });
  });
});
