import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestBytes } from '../core/digest.ts';
import type { PlanNode } from './plan.ts';
import type { StepKind } from './step.ts';
import { testProject, type TestProject } from './testing/project.ts';
// @ts-expect-error a fixture in plain JavaScript: steps run in processes without TypeScript
import * as fixture from './testing/steps.mjs';

const { step: join, verdict } = fixture as unknown as Record<'step' | 'verdict', StepKind>;

/** From files to a release, by way of a verdict that is the same for whatever passes. */
function delivery(...paths: string[]): PlanNode[] {
  return [
    {
      name: 'dataset',
      kind: join,
      params: { text: paths.join('+') },
      external: paths.map((path) => ({ name: path, label: path, digest: digestBytes(`text of ${path}`) })),
    },
    { name: 'gate', kind: verdict, params: {}, inputs: { a: { step: 'dataset', output: 'text' } } },
    {
      name: 'release',
      kind: join,
      params: { text: 'release' },
      inputs: { a: { step: 'gate', output: 'text' }, b: { step: 'dataset', output: 'text' } },
    },
  ];
}

describe('lineage', () => {
  let project: TestProject;
  beforeEach(async () => {
    project = await testProject();
  });
  afterEach(() => project.close());

  const release = async (...paths: string[]): Promise<string> =>
    (await project.run(delivery(...paths))).steps.get('release')?.outputs['text'] ?? '';
  const files = async (subject: string): Promise<string[]> => {
    const { items } = await project.flow.lineage(subject, { direction: 'backwards' });
    return items.flatMap(({ labels }) => labels).sort();
  };
  const releasesOf = async (subject: string): Promise<string[]> => {
    const { edges, steps } = await project.flow.lineage(subject, { direction: 'forwards' });
    const made = steps.filter(({ step }) => step === 'release').map(({ key }) => key);
    return edges
      .filter(({ role, key }) => role === 'output' && made.includes(key))
      .map((edge) => edge.digest);
  };

  it('keeps runs apart that wrote equal artifacts', async () => {
    const first = await release('fees.md', 'hours.md');
    const second = await release('fees.md', 'hours.md', 'rules.md');
    const third = await release('fees.md', 'rules.md');
    expect(await files(first)).toEqual(['fees.md', 'hours.md']);
    expect(await files(second)).toEqual(['fees.md', 'hours.md', 'rules.md']);
    expect(await files(third)).toEqual(['fees.md', 'rules.md']);
    expect((await releasesOf('rules.md')).sort()).toEqual([second, third].sort());
    expect((await releasesOf('hours.md')).sort()).toEqual([first, second].sort());
  });

  it('goes by the steps of the run, cached or not', async () => {
    const first = await release('fees.md');
    await release('hours.md');
    expect(await release('fees.md')).toBe(first);
    expect(await files(first)).toEqual(['fees.md']);
    expect(await releasesOf('fees.md')).toEqual([first]);
  });

  it('keeps files apart that have equal content, when one is asked for by its path', async () => {
    const copy = (path: string): PlanNode[] =>
      delivery(path).map((node) =>
        node.external === undefined
          ? node
          : { ...node, external: [{ name: path, label: path, digest: digestBytes('the same') }] },
      );
    const [one, other] = [await project.run(copy('a.md')), await project.run(copy('b.md'))];
    expect(await releasesOf('a.md')).toEqual([one.steps.get('release')?.outputs['text']]);
    expect(await releasesOf('b.md')).toEqual([other.steps.get('release')?.outputs['text']]);
  });

  it('takes what another run gave as a leaf', async () => {
    const first = await release('fees.md');
    const compared = delivery('hours.md').map((node) =>
      node.name === 'gate' ? { ...node, inputs: { ...node.inputs, b: { artifact: first as never } } } : node,
    );
    const second = (await project.run(compared)).steps.get('release')?.outputs['text'] ?? '';
    expect(await files(second)).toEqual(['hours.md']);
    expect(await releasesOf('fees.md')).toEqual([first]);
    const { items } = await project.flow.lineage(second, { direction: 'backwards' });
    expect(items.map(({ digest }) => digest)).toContain(first);
  });

  it('leads from no file and to no file that the step rejected', async () => {
    const made = await release('fees.md', 'broken.md');
    const took = ({ label }: { label: string }) => Promise.resolve(label !== 'broken.md');
    const into = await project.flow.lineage('broken.md', { direction: 'forwards', took });
    expect(into.roots).toEqual([digestBytes('text of broken.md')]);
    expect(into.edges).toEqual([]);
    expect(into.items).toMatchObject([{ labels: ['broken.md'] }]);
    const from = await project.flow.lineage(made, { direction: 'backwards', took });
    expect(from.items.flatMap(({ labels }) => labels)).toEqual(['fees.md']);
  });

  it('finds a file whose name is stored in another normal form than it is typed in', async () => {
    const [composed, decomposed] = ['docs/café-menü.md', 'docs/café-menü.md'.normalize('NFD')];
    const made = await release(decomposed);
    expect(await releasesOf(composed)).toEqual([made]);
    const { roots } = await project.flow.lineage(decomposed, { direction: 'forwards' });
    expect(roots).toEqual([digestBytes(`text of ${decomposed}`)]);
    const mixed = `docs/café-${'menü'.normalize('NFD')}.md`;
    expect(await releasesOf(mixed)).toEqual([made]);
  });
});
