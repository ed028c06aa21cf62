import type { Digest } from '../core/digest.ts';
import { messageOf, TowpathError } from '../core/errors/towpath-error.ts';
import { duration } from '../core/messages/duration.ts';
import { say, type Message } from '../core/messages/message.ts';
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
  const details = placeDetails(place);
  const { step } = place;
  switch (outcome.type) {
    case 'done':
      return undefined;
    case 'failed':
      return placeError(TowpathError.fromRecord(outcome.error), place);
    case 'stopped':
      return outcome.why === 'cancelled'
        ? new TowpathError('TOW_FLOW_CANCELLED', say('flow.step-cancelled', { step }), details)
        : new TowpathError(
            'TOW_FLOW_STEP_TIMEOUT',
            say('flow.step-timeout', { step, time: duration(task.timeout) }),
            details,
          );
    case 'exited': {
      if (lines.some((line) => /heap out of memory|Allocation failed|bad_alloc/i.test(line))) {
        const limit = task.memory;
        const what = lines.findLast((line) => workingOn.test(line))?.match(workingOn)?.[1];
        return new TowpathError(
          'TOW_FLOW_STEP_MEMORY',
          what === undefined
            ? say('flow.step-memory', { step, limit })
            : say('flow.step-memory-at', { step, limit, what }),
          details,
        );
      }
      if (killedFromOutside(outcome)) {
        const signal = outcome.signal ?? '';
        return new TowpathError('TOW_FLOW_STEP_KILLED', say('flow.step-killed', { step, signal }), details);
      }
      const how = outcome.signal ?? say('flow.exit-status', { status: String(outcome.code) });
      return new TowpathError('TOW_FLOW_STEP_CRASHED', say('flow.step-crashed', { step, how }), details);
    }
  }
}

/** The same error, knowing the step it happened in and where its log is. */
export function placeError(error: TowpathError, place: StepPlace): TowpathError {
  const { run, step } = place;
  const { whereText: where, cause } = error;
  const unnamed = error.code === 'TOW_FLOW_STEP_FAILED';
  const said = messageOf(error);
  return new TowpathError(error.code, unnamed ? say('flow.step-failed', { step, why: said }) : said, {
    ...placeDetails(place),
    hint: unnamed
      ? say('flow.see-log', { run, step })
      : say('flow.and-log', { clause: error.hintText, run, step }),
    ...(where !== undefined && { where }),
    data: { ...error.data, ...placeData(place) },
    cause,
  });
}

function placeDetails(place: StepPlace): { hint: Message; where: Message; data: Record<string, unknown> } {
  const { run, step } = place;
  return {
    hint: say('flow.read-log', { run, step }),
    where: say('where.step', { step }),
    data: placeData(place),
  };
}

function placeData({ run, step, key, log, tail }: StepPlace): Record<string, unknown> {
  return { run, step, key, log, tail: [...tail] };
}
