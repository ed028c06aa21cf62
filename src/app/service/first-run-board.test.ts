import { expect, test } from 'vitest';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { verbatim } from '../../core/messages/message.ts';
import { FirstRunBoard } from './first-run-board.ts';

function board() {
  let at = 0;
  const made = new FirstRunBoard({ now: () => at, monotonic: () => at });
  return { made, later: (ms: number) => (at += ms) };
}

test('keeps each step as far as it is, in the order of the plan', () => {
  const { made, later } = board();
  expect(made.now()).toEqual({ state: 'running', ms: 0, steps: [] });
  made.apply({ event: 'run-started', run: 'run-1', steps: ['prepare', 'index', 'score'] });
  made.apply({ event: 'step-finished', run: 'run-1', step: 'prepare', outcome: 'cached', ms: 2 });
  made.apply({ event: 'step-started', run: 'run-1', step: 'index' });
  later(500);
  const progress = { done: 3, total: 9, unit: 'passages' } as const;
  made.apply({ event: 'step-progress', run: 'run-1', step: 'index', progress });
  expect(made.now()).toEqual({
    state: 'running',
    run: 'run-1',
    ms: 500,
    steps: [
      { name: 'prepare', state: 'cached', ms: 2 },
      { name: 'index', state: 'running', ms: 500, progress },
      { name: 'score', state: 'waiting' },
    ],
  });
  made.apply({ event: 'run-finished', run: 'run-1', outcome: 'done', ms: 900, release: 'r1' });
  made.apply({ event: 'replica-starting', release: 'r1', replica: 1, of: 1 });
  expect(made.now()).toMatchObject({ state: 'starting', replica: { release: 'r1', replica: 1, of: 1 } });
});

test('a failure is told to those who watch, with what to do and nothing of the inside', () => {
  const { made } = board();
  let told = 0;
  const unwatch = made.watch(() => told++);
  const cause = new Error('secret');
  made.fail(new TowpathError('TOW_DATA_NO_FILES', verbatim('no file'), { cause, data: { secret: 1 } }));
  expect(told).toBe(1);
  const { error, state } = made.now();
  expect([state, error?.code, error?.message]).toEqual(['failed', 'TOW_DATA_NO_FILES', 'no file']);
  expect(JSON.stringify(error)).not.toContain('secret');
  unwatch();
  made.apply({ event: 'run-started', run: 'run-2', steps: [] });
  expect(told).toBe(1);
});
