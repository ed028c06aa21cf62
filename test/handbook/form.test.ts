import { expect, test } from 'vitest';
import { differences, isOfForm, jsonDifferences } from './form.ts';

test('figures, ids, times, sizes and widths may differ; words may not', () => {
  const alike = [
    ['✓ index done · 2.9 s · passages 412', '✓ index   done · 11.8 s · passages 1,148'],
    ['run run-1k3f9q2hv-x7d2p · 8 steps', 'run run-1m8d47c4h-8pzet · 8 steps'],
    ['r4 9c2e41d07b1a 2026-05-04 10:12', 'r12 f341cdaf634a 2026-11-26 23:50:51'],
    ['✓ disk 41 GiB free', '✓ disk 512.5 MiB free'],
    ['took 2 min 03 s', 'took 409 ms'],
    ['the file has d71f4384… bytes', `the file has ${'d71f4384'.repeat(8)} bytes`],
    ['accepted: passages, …', 'accepted: passages, decline_below, max_tokens'],
    ['│  └─ index 9c2e41d07b1a', '   ├─ index 60308f5b3984'],
  ] as const;
  for (const [shown, printed] of alike) expect(isOfForm(shown, printed), shown).toBe(true);
  const other = [
    ['✓ index done · 2.9 s', '✓ index cached'],
    ['live r4 since 2026-05-04', 'live r4 made 2026-05-04'],
    ['accepted: passages, …', 'accepted: a whole number'],
    ['took 2 s', 'took 2 tokens'],
  ] as const;
  for (const [shown, printed] of other) expect(isOfForm(shown, printed), shown).toBe(false);
});

test('results come whole and in their order, rows alike may be more, and … stands for lines left out', () => {
  const stdout = 'RELEASE  DIGEST\nr3  9f2c0d4ab1e7\nr2  51bb0e7f9a83\n\n3 files\n';
  const told = (...shown: string[]) => differences(shown, { stdout, stderr: 'progress 1\n' });
  expect(told('RELEASE DIGEST', 'r1 c111ba6f55c6', '3 files')).toEqual([]);
  expect(told('RELEASE DIGEST', 'r1 c111ba6f55c6', '…')).toEqual([]);
  expect(told('RELEASE DIGEST', '…', '5 files')).toEqual([]);
  expect(told('progress 5', 'RELEASE DIGEST', 'r1 c111ba6f55c6', '3 files')).toEqual([]);
  expect(told('RELEASE DIGEST', 'r1 c111ba6f55c6')).toEqual(['not shown: 3 files']);
  expect(told('3 files', 'RELEASE DIGEST', 'r1 c111ba6f55c6')).not.toEqual([]);
  expect(told('RELEASE DIGEST', 'r1 c111ba6f55c6', '3 folders')).toContain('not printed: 3 folders');
});

test('JSON has the keys that are shown and no others, unless … says so', () => {
  const printed = { answer: 'The port is 7411.', total: 8, citations: [{ n: 1 }] };
  expect(jsonDifferences({ answer: 'The port is 80.', total: 1, citations: [{ n: 2 }] }, printed)).toEqual(
    [],
  );
  expect(jsonDifferences({ answer: 'The…', '…': '…' }, printed)).toEqual([]);
  expect(jsonDifferences({ answer: 'The port is 80.', total: 1 }, printed)).toHaveLength(1);
  expect(jsonDifferences({ answer: 'A port.', total: '1', citations: {} }, printed)).toHaveLength(3);
});
