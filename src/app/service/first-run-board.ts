import type { Clock } from '../../core/clock.ts';
import type { TowpathError } from '../../core/errors/towpath-error.ts';
import type { FirstRun, StepProgress } from '../../contract/first-run.ts';
import type { TowpathEvent } from '../events.ts';

type Failure = NonNullable<FirstRun['error']>;
type Step = Omit<StepProgress, 'ms'> & { readonly ms?: number; readonly since?: number };

/** Keeps how far the first run is, from the events of the service, for whoever asks while no release is live. */
export class FirstRunBoard {
  readonly #clock: Clock;
  readonly #began: number;
  readonly #watchers = new Set<() => void>();
  readonly #steps = new Map<string, Step>();
  #state: FirstRun['state'] = 'running';
  #run: string | undefined;
  #replica: FirstRun['replica'];
  #error: FirstRun['error'];

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#began = clock.monotonic();
  }

  apply(event: TowpathEvent): void {
    const now = this.#clock.monotonic();
    switch (event.event) {
      case 'run-started':
        this.#run = event.run;
        this.#state = 'running';
        this.#steps.clear();
        for (const name of event.steps) this.#steps.set(name, { name, state: 'waiting' });
        break;
      case 'step-started':
        this.#steps.set(event.step, { name: event.step, state: 'running', since: now });
        break;
      case 'step-progress': {
        const step = this.#steps.get(event.step);
        if (step !== undefined) this.#steps.set(event.step, { ...step, progress: event.progress });
        break;
      }
      case 'step-finished':
        this.#steps.set(event.step, { name: event.step, state: event.outcome, ms: event.ms });
        break;
      case 'run-finished':
        this.#state = event.outcome === 'done' ? 'starting' : event.outcome;
        this.#error = event.error;
        break;
      case 'replica-starting': {
        const { release, replica, of } = event;
        this.#state = 'starting';
        this.#replica = { release, replica, of };
        break;
      }
      case 'serving':
        break;
      default:
        return;
    }
    this.#tell();
  }

  /** The service ends without a release to serve. */
  fail(error: TowpathError): void {
    this.#state = 'failed';
    this.#error ??= error.toRecord();
    this.#tell();
  }

  now(): FirstRun {
    const at = this.#clock.monotonic();
    const error = this.#error;
    return {
      state: this.#state,
      ...(this.#run !== undefined && { run: this.#run }),
      ms: Math.round(at - this.#began),
      steps: Array.from(this.#steps.values(), ({ since, ...step }) =>
        since === undefined ? step : { ...step, ms: Math.round(at - since) },
      ),
      ...(this.#replica && { replica: this.#replica }),
      ...(error && { error: told(error) }),
    };
  }

  /** Calls back at each change until the returned function is called. */
  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }

  #tell(): void {
    for (const changed of [...this.#watchers]) changed();
  }
}

/** What an asker may know of a failure: no causes and no figures of the inside. */
function told({ code, kind, message, where, hint, texts }: Failure): Failure {
  return {
    ...{ code, kind, message },
    ...(where !== undefined && { where }),
    ...(hint !== undefined && { hint }),
    ...(texts !== undefined && { texts }),
  };
}
