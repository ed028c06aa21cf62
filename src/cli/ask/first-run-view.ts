import type { TowpathEvent } from '../../app/events.ts';
import type { FirstRun, StepProgress } from '../../contract/first-run.ts';
import type { View } from '../progress/view.ts';

/** Shows how far the first run is, as `towpath up` shows it, from what the service says of it now and then. */
export class FirstRunView {
  readonly #open: () => View;
  #view: View | undefined;
  #before: FirstRun | undefined;

  constructor(open: () => View) {
    this.#open = open;
  }

  show(now: FirstRun): void {
    this.#view ??= this.#open();
    for (const event of eventsBetween(this.#before, now)) this.#view.show(event);
    this.#before = now;
  }

  end(): void {
    this.#view?.end();
    this.#view = undefined;
    this.#before = undefined;
  }
}

/** What has happened from one state of the first run to a later one. */
function eventsBetween(before: FirstRun | undefined, now: FirstRun): TowpathEvent[] {
  const { run, state, ms, steps, replica } = now;
  const events: TowpathEvent[] = [];
  if (run !== undefined) {
    const known = before?.run === run ? before : undefined;
    if (known === undefined) {
      events.push({ event: 'run-started', run, steps: steps.map(({ name }) => name) });
    }
    const earlier = new Map(known?.steps.map((step) => [step.name, step]));
    for (const step of steps) events.push(...stepEvents(run, earlier.get(step.name), step));
    const outcome = state === 'starting' ? 'done' : state;
    if (outcome !== 'running' && (known === undefined || known.state === 'running')) {
      // The error itself follows as that of the command.
      events.push({ event: 'run-finished', run, outcome, ms });
    }
  }
  if (replica !== undefined && JSON.stringify(replica) !== JSON.stringify(before?.replica)) {
    events.push({ event: 'replica-starting', ...replica });
  }
  return events;
}

function* stepEvents(
  run: string,
  before: StepProgress | undefined,
  now: StepProgress,
): Generator<TowpathEvent> {
  const { name: step, state, ms = 0, progress } = now;
  if (state === 'running') {
    if (before?.state !== 'running') yield { event: 'step-started', run, step };
    if (progress !== undefined && JSON.stringify(progress) !== JSON.stringify(before?.progress)) {
      yield { event: 'step-progress', run, step, progress };
    }
  } else if (state !== 'waiting' && state !== before?.state) {
    yield { event: 'step-finished', run, step, outcome: state, ms };
  }
}
