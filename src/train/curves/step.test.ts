import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'parse5';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeHistory, writeTrials } from '../testing/history.ts';
import { curvesPages } from './pages.ts';
import { readCurves } from './report.ts';
import { curvesStep } from './step.ts';
import { stepInputs } from '../../flow/testing/inputs.ts';

const hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>| @team [x](http://evil) \u202e';

interface HtmlNode {
  readonly nodeName: string;
  readonly attrs?: readonly { readonly name: string; readonly value: string }[];
  readonly childNodes?: readonly HtmlNode[];
}
const nodes = (node: HtmlNode): HtmlNode[] => [node, ...(node.childNodes ?? []).flatMap(nodes)];
const tree = (html: string): HtmlNode[] => nodes(parse(html));

describe('train.curves', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-curves-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  const draw = async (jobs: readonly string[], trials = false) => {
    const histories = jobs.map((_, at) => [`history_${String(at + 1)}`, join(dir, String(at))] as const);
    const inputs: Record<string, string> = Object.fromEntries(histories);
    if (trials) inputs['trials'] = join(dir, 'trials');
    const facts = await curvesStep.run({
      params: curvesStep.params.parse({ jobs }),
      inputs: stepInputs(inputs),
      outputs: { curves: join(dir, 'out') },
      ...{ scratch: dir, projectDir: dir, keepDir: dir, cores: 1, random: () => 0 },
      signal: new AbortController().signal,
      metric: () => undefined,
      progress: () => undefined,
      log: () => undefined,
    });
    const pages = curvesPages(await readCurves(join(dir, 'out')));
    const json = JSON.parse(await readFile(join(dir, 'out', 'curves.json'), 'utf8')) as unknown;
    return { facts, pages, html: pages['curves.html'] ?? '', markdown: pages['curves.md'] ?? '', json };
  };

  it('draws the curves of all jobs together, each with a look of its own', async () => {
    await writeHistory(join(dir, '0'), { steps: 3000, spike: 1234 });
    await writeHistory(join(dir, '1'), { steps: 50, seed: 2, floor: 1 });
    const { html, markdown, json, facts } = await draw(['one', 'two']);
    const svgs = tree(html).filter(({ nodeName }) => nodeName === 'svg');
    const plots = svgs.filter(({ attrs = [] }) => attrs.some(({ name }) => name === 'aria-label'));
    expect(plots).toHaveLength(10);
    for (const plot of plots) {
      const looks = nodes(plot).flatMap(({ attrs = [] }) => attrs.map(({ value }) => value));
      expect(looks).toContain('line c0 d0');
      expect(looks).toContain('line c1 d1');
    }
    expect(html).not.toMatch(/NaN|undefined|Infinity|https?:\/\/|<script/);
    expect(markdown).toMatch(/^## Training\n\n\| job \| steps /);
    expect(markdown).toContain('| **one** | 3,000 |');
    expect(markdown).toMatch(/Training loss {4}[▁▂▃▄▅▆▇█]{40}/);
    expect(json).toMatchObject({ schema: 2, jobs: [{ name: 'one' }, { name: 'two' }] });
    const { jobs } = json as { jobs: { curves: { loss: number[][] } }[] };
    expect(jobs[0]?.curves.loss.length).toBeLessThanOrEqual(1000);
    expect(jobs[0]?.curves.loss).toContainEqual([1234, 12]);
    expect(facts).toMatchObject({ jobs: 2 });
  });

  it('shows a search: every trial in a table and across its settings', async () => {
    await writeHistory(join(dir, '0'));
    await writeTrials(join(dir, 'trials'), 24, 'TOW_TRAIN_DIVERGED: the loss is NaN');
    const { html, markdown } = await draw(['fake'], true);
    const trials = tree(html).filter(
      ({ nodeName, childNodes = [], attrs = [] }) =>
        nodeName === 'path' && childNodes.length > 0 && attrs.some(({ value }) => value.startsWith('trial ')),
    );
    expect(trials).toHaveLength(24);
    expect(html.match(/<tr class="won">/g)).toHaveLength(1);
    expect(html).toContain('TOW_TRAIN_DIVERGED: the loss is NaN');
    expect(markdown).toContain('### Search of fake');
    expect(markdown).toContain('4 more trials are on the page.');
  });

  it('has something to show of a run without steps or validations', async () => {
    await writeHistory(join(dir, '0'), { unvalidated: true, steps: 5 });
    await writeHistory(join(dir, '1'), { steps: 0 });
    const { html, markdown } = await draw(['unvalidated', 'none']);
    expect(html).toContain('Nothing was measured.');
    expect(html + markdown).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('shows untrusted text as text only', async () => {
    await writeHistory(join(dir, '0'));
    await writeTrials(join(dir, 'trials'), 8, hostile);
    const file = join(dir, 'trials', 'trials.json');
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('cosine', '</td><script>'));
    const { html, markdown } = await draw([hostile], true);
    const all = tree(html);
    expect(all.filter(({ nodeName }) => ['script', 'img', 'iframe', 'link'].includes(nodeName))).toEqual([]);
    const attributes = all.flatMap(({ attrs = [] }) => attrs);
    expect(attributes.filter(({ name }) => name === 'href').map(({ value }) => value)).toEqual([
      'curves.zh.html',
    ]);
    const names = attributes.map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('on') || name === 'src' || name === 'style')).toEqual([]);
    expect(markdown).not.toMatch(/<script|(?<!\\)\]\(|@team/);
  });

  it('speaks Chinese throughout on its other page, with the same structure', async () => {
    await writeHistory(join(dir, '0'));
    await writeTrials(join(dir, 'trials'), 8, 'out of memory');
    const { html, pages } = await draw(['job'], true);
    const { 'curves.zh.html': page = '', 'curves.zh.md': markdown = '' } = pages;
    const words = (text: string) => text.replaceAll(/<style>[\s\S]*?<\/style>|z-loss|<[^<>]*>|`[^`]*`/g, ' ');
    const english = (text: string) => [...new Set(words(text).match(/[A-Z]{3,}/gi))].sort();
    const names = new Set(english(html));
    expect(tree(page).length).toBe(tree(html).length);
    // What is left are names: of the job, of settings and their values, of the machine, of the other page.
    const left = english(`${page}${markdown}`).filter(
      (word) => !names.has(word) || /[Tt]rial|loss|step/.test(word),
    );
    expect(left.filter((word) => word !== 'English')).toEqual([]);
    expect(words(page)).toMatch(/训练曲线[\s\S]*验证损失[\s\S]*如何阅读/);
  });

  it('allows by its policy its own style and nothing else', async () => {
    await writeHistory(join(dir, '0'));
    const { html } = await draw(['one']);
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(html).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
  });
});
