import { expect, it } from 'vitest';
import { digestBytes } from '../core/digest.ts';
import { saidIn, TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import { placeError } from './outcome-error.ts';

const place = { run: 'run-1', step: 'score', key: digestBytes('x'), log: 'x.log', tail: [] };

it('what a step said is kept for readers of any language', () => {
  const error = new TowpathError('TOW_EVALUATE_ANSWERS_INVALID', say('suite.changed', { path: 's.jsonl' }));
  const placed = placeError(error, place);
  expect(placed.message).toBe('s.jsonl changed while the run was going on');
  expect(saidIn(placed.toRecord(), 'zh').message).toBe('s.jsonl 在运行期间发生了变化');
});

it('the remedy of its code goes on as a part of the hint, in the language of whoever reads it', () => {
  const error = new TowpathError('TOW_TRAIN_DISK_FULL', say('training.job', { job: 'a' }));
  const placed = placeError(TowpathError.fromRecord(error.toRecord()), place);
  expect(placed.hint).toBe(`${error.hint.replace(/\.$/, '')}; the step’s log: towpath logs run-1 score`);
  expect(saidIn(placed.toRecord(), 'zh').hint).toBe(
    `${saidIn(error.toRecord(), 'zh').hint.replace(/。$/, '')}；该步骤的日志：towpath logs run-1 score`,
  );
  expect(saidIn(placed.toRecord(), 'zh').hint).not.toContain('。');
});

it('a hint of an earlier version, kept as words, stays as it is', () => {
  const hint = 'Ask Ann.';
  const record = { code: 'TOW_TRAIN_DISK_FULL', kind: 'environment', message: 'no room', hint } as const;
  const placed = placeError(TowpathError.fromRecord(record), place);
  expect(saidIn(placed.toRecord(), 'zh').hint).toBe('Ask Ann；该步骤的日志：towpath logs run-1 score');
});
