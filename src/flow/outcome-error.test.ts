import { describe, expect, it } from 'vitest';
import { digestBytes } from '../core/digest.ts';
import { saidIn, TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import type { StepTask, TaskOutcome } from './executor/executor.ts';
import { killedFromOutside, outcomeError, placeError } from './outcome-error.ts';

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

describe('how a step’s process ended', () => {
  const exited = (code: number | null, signal: NodeJS.Signals | null = null): TaskOutcome => ({
    ...{ type: 'exited', code, signal },
  });
  const task = { memory: 512, timeout: 90_000 } as StepTask;
  const told = (outcome: TaskOutcome, lines: readonly string[] = []) =>
    outcomeError(outcome, task, { ...place, tail: lines }, lines);

  it.each<[TaskOutcome, string, string]>([
    [exited(7), 'TOW_FLOW_STEP_CRASHED', 'exit status 7'],
    [exited(null, 'SIGABRT'), 'TOW_FLOW_STEP_CRASHED', 'SIGABRT'],
    [exited(null, 'SIGSEGV'), 'TOW_FLOW_STEP_CRASHED', 'SIGSEGV'],
    [exited(null, 'SIGBUS'), 'TOW_FLOW_STEP_CRASHED', 'SIGBUS'],
    [exited(null, 'SIGILL'), 'TOW_FLOW_STEP_CRASHED', 'SIGILL'],
    [exited(null, 'SIGFPE'), 'TOW_FLOW_STEP_CRASHED', 'SIGFPE'],
    [exited(null, 'SIGTRAP'), 'TOW_FLOW_STEP_CRASHED', 'SIGTRAP'],
    [exited(null, 'SIGSYS'), 'TOW_FLOW_STEP_CRASHED', 'SIGSYS'],
    [exited(null, 'SIGKILL'), 'TOW_FLOW_STEP_KILLED', 'step score was killed by SIGKILL, twice'],
    [exited(null, 'SIGTERM'), 'TOW_FLOW_STEP_KILLED', 'SIGTERM'],
    [{ type: 'stopped', why: 'cancelled' }, 'TOW_FLOW_CANCELLED', 'step score was cancelled'],
    [{ type: 'stopped', why: 'timeout' }, 'TOW_FLOW_STEP_TIMEOUT', '1 min 30 s'],
  ])('is told: %j', (outcome, code, words) => {
    const error = told(outcome, ['out last words']);
    expect(error?.code).toBe(code);
    expect(error?.message).toContain(words);
    expect(error).toMatchObject({
      hint: expect.stringContaining('towpath logs run-1 score') as string,
      where: 'step score',
      data: { run: 'run-1', step: 'score', key: place.key, log: 'x.log', tail: ['out last words'] },
    });
    expect(killedFromOutside(outcome)).toBe(code === 'TOW_FLOW_STEP_KILLED');
  });

  it('is no error when it is done', () => {
    expect(told({ type: 'done', facts: {}, outputs: {} })).toBeUndefined();
  });

  it.each([
    'err FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    'err terminate called after throwing an instance of std::bad_alloc',
    'err allocation failed',
  ])('is a lack of memory when its last words say so, whatever ended it: %s', (line) => {
    for (const outcome of [exited(134), exited(null, 'SIGABRT'), exited(null, 'SIGKILL')]) {
      const error = told(outcome, ['out first', line, 'err stack']);
      expect(error).toMatchObject({ code: 'TOW_FLOW_STEP_MEMORY', data: { step: 'score' } });
      expect(error?.message).toContain('512 MiB');
      expect(error?.message).not.toContain('working on');
    }
  });

  it('names the last that it worked on when memory ran out, as the step itself said it', () => {
    const lines = [
      'log working on a.txt',
      'log working on b.txt',
      'out working on c.txt',
      'x log working on d.txt',
    ];
    expect(told(exited(134), [...lines, 'err heap out of memory'])?.message).toMatch(/working on b\.txt$/);
  });

  it('names the step where what it threw has no code of its own', () => {
    const error = new TowpathError(
      'TOW_FLOW_STEP_FAILED',
      say('said.verbatim', { words: 'the moon is full' }),
    );
    expect(told({ type: 'failed', error: error.toRecord() })).toMatchObject({
      ...{ message: 'step score failed: the moon is full', hint: 'see towpath logs run-1 score' },
      where: 'step score',
    });
  });

  it('is what the step itself said went wrong', () => {
    const error = new TowpathError(
      'TOW_EVALUATE_ANSWERS_INVALID',
      say('suite.changed', { path: 's.jsonl' }),
      {
        where: 's.jsonl:2',
        data: { more: 1 },
      },
    );
    expect(told({ type: 'failed', error: error.toRecord() })).toMatchObject({
      ...{ code: 'TOW_EVALUATE_ANSWERS_INVALID', where: 's.jsonl:2', data: { more: 1, run: 'run-1' } },
    });
  });
});
