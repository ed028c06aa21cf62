import { expect, test } from 'vitest';
import type { RunDetail } from '../../app/records/run.ts';
import { asDigest } from '../../core/digest.ts';
import { cli } from '../testing/capture.ts';
import { projectFolder } from '../testing/project-folder.ts';

const digest = (letter: string) => asDigest(letter.repeat(64));

const run = {
  ...{ id: 'run-1', state: 'done', started: '2026-05-04T10:00:00.000Z', ms: 1000 },
  steps: { total: 1, done: 1, cached: 0 },
  plan: [
    {
      ...{ name: 'prepare', kind: 'data.prepare', state: 'done', code: digest('c'), files: 12 },
      ...{ inputs: { raw: digest('a') }, outputs: { dataset: digest('b') } },
      facts: {
        documents: 42,
        rejected: { TOW_DATA_LANGUAGE: 2, TOW_DATA_TOO_SHORT: 1 },
        masked: { email: 0 },
      },
    },
    { name: 'index', kind: 'data.index', state: 'skipped', outputs: {} },
  ],
} as RunDetail;

test('a run shows of each result the code, the inputs, and what is known of it', async () => {
  const cwd = await projectFolder();
  const { out } = await cli(['run', 'show', 'run-1'], {
    cwd,
    towpath: { runDetail: () => Promise.resolve(run) },
  });
  expect(out.lines.slice(-3)).toEqual([
    'MADE FROM, AND FACTS',
    'prepare  code cccccccccccc · inputs raw aaaaaaaaaaaa, 12 files',
    '         documents 42 · rejected 3 (TOW_DATA_LANGUAGE 2, TOW_DATA_TOO_SHORT 1)',
  ]);
});
