import { expect, it } from 'vitest';
import { digestBytes } from '../core/digest.ts';
import { saidIn, TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import { placeError } from './outcome-error.ts';

it('what a step said is kept for readers of any language', () => {
  const error = new TowpathError('TOW_EVALUATE_ANSWERS_INVALID', say('suite.changed', { path: 's.jsonl' }));
  const place = { run: 'run-1', step: 'score', key: digestBytes('x'), log: 'x.log', tail: [] };
  const placed = placeError(error, place);
  expect(placed.message).toBe('s.jsonl changed while the run was going on');
  expect(saidIn(placed.toRecord(), 'zh').message).toBe('s.jsonl 在运行期间发生了变化');
});
