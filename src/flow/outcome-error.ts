import type { Digest } from '../core/digest.ts';
import { TowpathError, textOf } from '../core/errors/towpath-error.ts';
import { formatDuration } from '../core/units.ts';
import type { StepTask, TaskOutcome } from './executor/executor.ts';

/** Signals that a process sends itself by crashing; the others come from outside. */
const crashes = new Set(['SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP', 'SIGSYS']);

/** Whether something outside ended the step's process: the one case in which it is tried again. */
export function killedFromOutside(outcome: TaskOutcome): boolean {
  return outcome.type === 'exited' && outcome.signal !== null && !crashes.has(outcome.signal);
}

/** What a step says before it begins with something large. */
const workingOn = /^log working on (.+)$/;

export interface StepPlace {
  readonly run: string;
  readonly step: string;
  readonly key: Digest;
  readonly log: string;
  readonly tail: readonly string[];
}

/**
 * What went wrong with a step, with the place of its log and the end of it. Undefined when it is done.
 *
 * @param lines more of the log's end: the reason of a crash stands above a native stack trace
 */
export function outcomeError(
  outcome: TaskOutcome,
  task: StepTask,
  place: StepPlace,
  lines: readonly string[],
): TowpathError | undefined {
  const details = (hint?: string, cause?: unknown) =>
    withPlace({ ...(hint && { hint }), ...(cause ? { cause } : {}) }, place);
  const { step } = place;
  switch (outcome.type) {
    case 'done':
      return undefined;
    case 'failed':
      return placeError(TowpathError.fromRecord(outcome.error), place);
    case 'stopped':
      return outcome.why === 'cancelled'
        ? new TowpathError('TOW_FLOW_CANCELLED', `step ${step} was cancelled`, details())
        : new TowpathError(
            'TOW_FLOW_STEP_TIMEOUT',
            `step ${step} ran for longer than ${formatDuration(task.timeout)}`,
            details(),
          );
    case 'exited': {
      if (lines.some((line) => /heap out of memory|Allocation failed|bad_alloc/i.test(line))) {
        const limit = `its limit of ${String(task.memory)} MiB`;
        const at = lines.findLast((line) => workingOn.test(line))?.match(workingOn)?.[1];
        return new TowpathError(
          'TOW_FLOW_STEP_MEMORY',
          `step ${step} needed more memory than ${limit}${at === undefined ? '' : `, working on ${at}`}`,
          details(),
        );
      }
      if (killedFromOutside(outcome)) {
        const signal = outcome.signal ?? '';
        return new TowpathError(
          'TOW_FLOW_STEP_KILLED',
          `step ${step} was killed by ${signal}, twice`,
          details(),
        );
      }
      const how = outcome.signal === null ? `exit status ${String(outcome.code)}` : outcome.signal;
      return new TowpathError('TOW_FLOW_STEP_CRASHED', `step ${step} ended by itself with ${how}`, details());
    }
  }
}

/** The same error, knowing the step it happened in and where its log is. */
export function placeError(error: TowpathError, place: StepPlace): TowpathError {
  const hint = `${error.hint.replace(/\.$/, '')}; the step’s log: towpath logs ${place.run} ${place.step}`;
  const message =
    error.code === 'TOW_FLOW_STEP_FAILED' ? `step ${place.step} failed: ${error.message}` : textOf(error);
  return new TowpathError(error.code, message, {
    ...withPlace(
      { hint: error.code === 'TOW_FLOW_STEP_FAILED' ? `see towpath logs ${place.run} ${place.step}` : hint },
      place,
    ),
    ...(error.where !== undefined && { where: error.where }),
    data: { ...error.data, ...placeData(place) },
    cause: error.cause,
  });
}

function withPlace(details: { hint?: string; cause?: unknown }, place: StepPlace) {
  return {
    hint: `read its log: towpath logs ${place.run} ${place.step}`,
    where: `step ${place.step}`,
    ...details,
    data: placeData(place),
  };
}

function placeData({ run, step, key, log, tail }: StepPlace): Record<string, unknown> {
  return { run, step, key, log, tail: [...tail] };
}
