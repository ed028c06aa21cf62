import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formats } from '../../data/formats/table.ts';
import { rejectLine } from '../../data/ingest/reject.ts';
import { say } from '../../core/messages/message.ts';
import type { Digest } from '../../core/digest.ts';
import { digest, Kept } from '../testing/kept.ts';
import { lineageView } from './lineage-view.ts';
import { filesTaken } from './taken-files.ts';

let kept: Kept;
beforeEach(async () => {
  kept = await Kept.open();
});
afterEach(() => kept.close());

const file = (path: string) => ({ role: 'external', name: path, digest: digest(path), label: path }) as const;
const input = (step: string, name: string, of: Digest) =>
  ({ role: 'input', name, digest: of, label: `${step}/${name}` }) as const;

const rejected = (source: string): string => {
  const reject = rejectLine(source, { code: 'TOW_DATA_FILE_EMPTY', reason: say('left-out.jumped') });
  return `${JSON.stringify(reject)}\n`;
};

/** A run in which files become documents, a dataset, and a release. */
async function made({ rejects = '' } = {}): Promise<{
  documents: Digest;
  dataset: Digest;
  manifest: Digest;
}> {
  const documents = await kept.folder({ 'rejects.jsonl': rejects });
  const dataset = digest('dataset');
  const { manifest } = await kept.release({ dataset });
  const steps = {
    ingest: { status: 'running' },
    prepare: { status: 'running' },
    release: { status: 'running' },
  } as const;
  await kept.run('run-1', steps);
  await kept.result('run-1', 'ingest', {
    result: { kind: 'data.ingest', outputs: { documents } },
    inputs: [file('docs/a.md'), file('docs/b.md'), file('docs/rows.csv')],
  });
  await kept.result('run-1', 'prepare', {
    result: { outputs: { dataset } },
    inputs: [input('ingest', 'documents', documents)],
  });
  await kept.result('run-1', 'release', {
    result: { outputs: { release: manifest } },
    inputs: [input('prepare', 'dataset', dataset)],
  });
  return { documents, dataset, manifest };
}

const view = async (subject: string, direction: 'backwards' | 'forwards') => {
  const trace = await kept.flow.lineage(subject, { direction, took: filesTaken(kept.store, formats) });
  return lineageView(trace.roots[0] ?? subject, [trace]);
};
const labels = ({ nodes }: Awaited<ReturnType<typeof view>>) => nodes.map(({ label }) => label).sort();

describe('the lineage', () => {
  it('of a release leads back over every step to the files, each with what made it', async () => {
    const { documents, dataset, manifest } = await made();
    const { subject, nodes, edges } = await view(manifest, 'backwards');
    expect(subject).toBe(manifest);
    const named = Object.fromEntries(nodes.map(({ id: _, label, ...rest }) => [label, rest]));
    expect(named).toEqual({
      r1: { kind: 'release', step: 'release', run: 'run-1' },
      dataset: { kind: 'artifact', step: 'prepare', run: 'run-1' },
      documents: { kind: 'artifact', step: 'ingest', run: 'run-1' },
      'docs/a.md': { kind: 'source' },
      'docs/b.md': { kind: 'source' },
      'docs/rows.csv': { kind: 'source' },
    });
    expect(edges).toEqual(
      expect.arrayContaining([
        { from: digest('docs/a.md'), to: documents },
        { from: documents, to: dataset },
        { from: dataset, to: manifest },
      ]),
    );
    expect(edges).toHaveLength(5);
  });

  it('of a file leads forwards to the release, and not to other files', async () => {
    await made();
    expect(labels(await view('docs/a.md', 'forwards'))).toEqual(['dataset', 'docs/a.md', 'documents', 'r1']);
  });

  it('of both ways is one graph, each part in it once', async () => {
    const { dataset } = await made();
    const [back, forth] = [
      await kept.flow.lineage(dataset, { direction: 'backwards' }),
      await kept.flow.lineage(dataset, { direction: 'forwards' }),
    ];
    const { nodes, edges } = lineageView(dataset, [back, forth]);
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
    expect(nodes).toHaveLength(6);
    expect(new Set(edges.map(({ from, to }) => `${from} ${to}`)).size).toBe(edges.length);
    expect(edges).toHaveLength(5);
  });

  it('leads from and to no file that was rejected whole; a table is followed, whatever of it was', async () => {
    const { manifest } = await made({ rejects: rejected('docs/b.md') + rejected('docs/rows.csv') });
    expect(labels(await view(manifest, 'backwards'))).toEqual([
      'dataset',
      'docs/a.md',
      'docs/rows.csv',
      'documents',
      'r1',
    ]);
    expect(labels(await view('docs/b.md', 'forwards'))).toEqual(['docs/b.md']);
    expect((await view('docs/b.md', 'forwards')).edges).toEqual([]);
  });

  it.each(['gone', 'damaged'] as const)(
    'tells too much rather than too little where the list of rejects is %s',
    async (what) => {
      const { documents, manifest } = await made({ rejects: rejected('docs/b.md') });
      expect(labels(await view(manifest, 'backwards'))).not.toContain('docs/b.md');
      await (what === 'gone' ? kept.lose(documents) : kept.damage(documents, 'rejects.jsonl'));
      expect(labels(await view(manifest, 'backwards'))).toContain('docs/b.md');
    },
  );
});
