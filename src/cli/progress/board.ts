import type { ProgressRecord } from '../../contract/progress.ts';
import { say, type Message } from '../../core/messages/message.ts';
import type { ErrorRecord } from '../../core/errors/towpath-error.ts';
import type { TowpathEvent } from '../../app/events.ts';
import { RateMeter } from './rate.ts';

export interface RunningStep {
  readonly name: string;
  readonly startedAt: number;
  readonly meter: RateMeter;
  progress: ProgressRecord | undefined;
}

/** What is going on now, kept up from events: which steps run and how far they are. */
export class Board {
  readonly running = new Map<string, RunningStep>();
  /** Steps of the current run. */
  total = 0;
  finished = 0;
  /** Widest step name, for alignment. */
  nameWidth = 0;
  /** Steps of the current run that failed. */
  failures: { readonly step: string; readonly error: ErrorRecord }[] = [];
  /** Since when there is nothing to show yet: a run is being planned, its sources looked at. */
  readySince: number | undefined;
  /** What the service is doing at the moment, if it is something to wait for. */
  waiting: { readonly text: Message; readonly since: number } | undefined;

  /** @param at milliseconds of a clock that never goes back */
  apply(event: TowpathEvent, at: number): void {
    this.readySince = event.event === 'changed' ? at : undefined;
    switch (event.event) {
      case 'run-started':
        this.running.clear();
        this.total = event.steps.length;
        this.finished = 0;
        this.failures = [];
        this.nameWidth = Math.min(24, Math.max(0, ...event.steps.map((name) => name.length)));
        break;
      case 'step-waiting':
        break;
      case 'step-started':
        this.running.set(event.step, {
          name: event.step,
          startedAt: at,
          meter: new RateMeter(),
          progress: undefined,
        });
        break;
      case 'step-progress': {
        const step = this.running.get(event.step);
        if (!step) break;
        step.progress = event.progress;
        step.meter.add(event.progress, at);
        break;
      }
      case 'step-finished':
        this.running.delete(event.step);
        this.finished += 1;
        if (event.error) this.failures.push({ step: event.step, error: event.error });
        break;
      case 'run-finished':
        this.running.clear();
        this.total = 0;
        break;
      case 'replica-starting':
        this.waiting = {
          text: say('event.replica-starting', {
            replica: event.replica,
            of: event.of,
            release: event.release,
          }),
          since: at,
        };
        break;
      case 'draining':
        this.waiting = {
          text: say('event.draining-now', { release: event.release, count: event.inFlight }),
          since: at,
        };
        break;
      case 'stopping':
        this.waiting = { text: say('event.stopping'), since: at };
        break;
      case 'serving':
      case 'held-back':
      case 'swapped':
      case 'stopped':
      case 'replica-failed':
      case 'watching':
      case 'trouble':
      case 'warning':
      case 'changed':
        this.waiting = undefined;
        break;
    }
  }
}
