import { stepsDone, type FirstRun, type StepProgress } from '../../src/contract/first-run.ts';
import type { Texts } from './texts.ts';

interface Props {
  readonly texts: Texts;
  readonly firstRun: FirstRun;
  /** The service has not been heard of since. */
  readonly lost: boolean;
}

/** The steps of the first run as they go, until its release is live. */
export function FirstRunCard({ texts, firstRun, lost }: Props) {
  const { state, steps, replica, error, ms } = firstRun;
  const done = stepsDone(firstRun);
  const failed = state === 'failed' || state === 'cancelled';
  return (
    <section className="card first-run" data-state={state} aria-labelledby="first-run">
      <div className="row">
        <h2 id="first-run">{texts.firstRun[state]}</h2>
        <span className="muted">{duration(ms)}</span>
      </div>
      {!failed && <p className="muted">{texts.firstRunLead}</p>}
      {steps.length > 0 && (
        <progress max={steps.length} value={done} aria-label={texts.stepsDone(done, steps.length)} />
      )}
      <ol className="steps">
        {steps.map((step) => (
          <Step key={step.name} texts={texts} step={step} />
        ))}
      </ol>
      {state === 'starting' && replica !== undefined && (
        <p className="muted">{texts.replica(replica.replica, replica.of, replica.release)}</p>
      )}
      {error !== undefined && (
        <div className="failure" role="alert">
          <p>{error.message}</p>
          {error.hint !== undefined && <p>{error.hint}</p>}
          <code>{error.code}</code>
        </div>
      )}
      {lost && !failed && (
        <p className="failure" role="alert">
          {texts.errors['unreachable']}
        </p>
      )}
    </section>
  );
}

function Step({ texts, step }: { readonly texts: Texts; readonly step: StepProgress }) {
  const { name, state, ms, progress } = step;
  return (
    <li data-state={state}>
      <i aria-hidden="true" />
      <span className="step-name">{name}</span>
      <span className="step-state">
        {state === 'running' && progress !== undefined ? amount(texts, progress) : texts.stepStates[state]}
      </span>
      <span className="step-time">{ms === undefined || state === 'cached' ? '' : duration(ms)}</span>
      {state === 'running' && progress?.total !== undefined && (
        <progress max={progress.total} value={Math.min(progress.done, progress.total)} aria-label={name} />
      )}
    </li>
  );
}

function amount(texts: Texts, { done, total, unit }: NonNullable<StepProgress['progress']>): string {
  const shown = (value: number) =>
    unit === 'bytes' ? `${(value / 2 ** 20).toFixed(1)} MiB` : value.toLocaleString('en-US');
  const figures = total === undefined ? shown(done) : `${shown(done)} / ${shown(total)}`;
  return unit === 'bytes' ? figures : `${figures} ${texts.units[unit]}`;
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return ms < 1000 ? `${Math.round(ms)} ms` : `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
