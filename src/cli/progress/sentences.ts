import type { ErrorRecord } from '../../core/errors/towpath-error.ts';
import { formatDuration } from '../../core/units.ts';
import type { RunEvent, TowpathEvent } from '../../app/events.ts';
import type { Style } from '../output/style.ts';
import { padEnd, printable } from '../output/width.ts';
import { elsewhereAdvice } from '../output/elsewhere.ts';
import { counted, localTime, number } from '../output/words.ts';
import type { Board } from './board.ts';

/**
 * The lasting line that an event leaves behind, if it leaves one; both the terminal's view and the quiet one print it.
 *
 * Why a run failed is said once, by the command's error or by the trouble that a service goes on with: the lines of its
 * step and its end name the code alone. What else failed in that run stands under its end.
 */
export function sentence(
  event: TowpathEvent,
  style: Style,
  { nameWidth, failures }: Pick<Board, 'nameWidth' | 'failures'>,
): string | undefined {
  switch (event.event) {
    case 'run-started':
      return `${style.bold('run')} ${event.run} ${style.dim(`· ${counted(event.steps.length, 'steps')}`)}`;
    case 'step-started':
    case 'step-progress':
    case 'replica-starting':
      return undefined;
    case 'step-waiting':
      return stepWaiting(event, style);
    case 'step-finished':
      return stepFinished(event, style, nameWidth);
    case 'run-finished':
      return runFinished(event, style, failures);
    case 'replica-failed': {
      const next =
        event.retryIn === undefined ? 'given up' : `starting again in ${formatDuration(event.retryIn)}`;
      return `${style.red('✖')} replica ${event.replica} failed: ${brief(event.error)} ${style.dim(`· ${next}`)}`;
    }
    case 'serving':
      return [
        `${style.green('●')} serving ${style.bold(event.release)} at ${style.cyan(event.url)}`,
        style.dim('  ask there in a browser, or in another terminal: towpath ask "…"'),
      ].join('\n');
    case 'held-back':
      return [
        `${style.yellow('~')} ${style.bold(event.release)} is live though ${event.newest} is newer: ${printable(event.by)} rolled back at ${localTime(event.at)}`,
        style.dim(`  to make ${event.newest} live again: towpath rollback ${event.newest}`),
      ].join('\n');
    case 'swapped':
      return `${style.green('●')} swapped ${event.from} -> ${style.bold(event.to)}`;
    case 'draining':
      return event.inFlight === 0
        ? undefined
        : `  draining ${event.release}: ${counted(event.inFlight, 'requests')} in flight`;
    case 'watching':
      return style.dim(`  watching ${counted(event.files, 'files')} · Ctrl-C stops`);
    case 'changed': {
      const shown = event.paths.slice(0, 3).map(printable).join(', ');
      const more = event.count > 3 ? ` and ${event.count - 3} more` : '';
      return `${style.yellow('~')} changed: ${shown}${more}`;
    }
    case 'trouble':
      return `${style.red('✖')} serving on after ${brief(event.error)}`;
    case 'warning':
      return `${style.yellow('!')} ${brief(event.error)}`;
    case 'stopping':
      return 'stopping; Ctrl-C again stops at once';
    case 'stopped':
      return 'stopped';
  }
}

type Finished = Extract<RunEvent, { event: 'step-finished' }>;

function stepWaiting(
  { step, on, elsewhere }: Extract<RunEvent, { event: 'step-waiting' }>,
  style: Style,
): string {
  const place = elsewhere === undefined ? '' : ` on ${printable(elsewhere)}`;
  const line = `${style.yellow('…')} ${printable(step)} waits for ${on}, which computes it${place}`;
  return elsewhere === undefined ? line : [line, ...elsewhereAdvice(on, elsewhere, style)].join('\n');
}

const marks = { cached: '✓', done: '✓', failed: '✖', cancelled: '–' } as const;

function stepFinished(
  { step, outcome, ms, facts, error }: Finished,
  style: Style,
  nameWidth: number,
): string {
  const colour = { cached: style.dim, done: style.green, failed: style.red, cancelled: style.yellow }[
    outcome
  ];
  const parts = outcome === 'cached' ? ['cached'] : [outcome, formatDuration(ms)];
  if (error) parts.push(error.code);
  else if (outcome === 'done') parts.push(...briefFacts(facts));
  // Told of a cached step too: what a service rests on was left out all the same.
  if (!error) parts.push(...leftOut(facts));
  return `${colour(marks[outcome])} ${padEnd(printable(step), nameWidth)} ${style.dim(parts.join(' · '))}`;
}

/** Numbers of a result, the first three: `documents 42`. */
function briefFacts(facts: Finished['facts']): string[] {
  return Object.entries(facts ?? {})
    .filter((entry): entry is [string, number] => typeof entry[1] === 'number')
    .slice(0, 3)
    .map(([name, value]) => `${name} ${value.toLocaleString('en-US', { maximumFractionDigits: 3 })}`);
}

/** What was not taken and what was masked, with the command that lists it. */
function leftOut(facts: Finished['facts']): string[] {
  const counts = (name: string) =>
    Object.entries(facts?.[name] ?? {}).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] > 0,
    );
  const rejected = counts('rejected').reduce((sum, [, count]) => sum + count, 0);
  const masked = counts('masked').map(([kind, count]) => `${kind} ${number(count)}`);
  const parts = [
    ...(rejected > 0 ? [`rejected ${number(rejected)}`] : []),
    ...(masked.length > 0 ? [`masked ${masked.join(', ')}`] : []),
  ];
  return parts.length === 0 ? [] : [...parts, 'see `towpath rejects`'];
}

function runFinished(
  event: Extract<RunEvent, { event: 'run-finished' }>,
  style: Style,
  failures: Board['failures'],
): string {
  const took = formatDuration(event.ms);
  if (event.outcome === 'failed') {
    const { error } = event;
    const others = failures.filter(
      (failure) => failure.error.code !== error?.code || failure.error.message !== error.message,
    );
    return [
      `${style.red('✖')} run failed after ${took}${error ? `: ${error.code}` : ''}`,
      ...others.map((failure) => `  ${printable(failure.step)} failed too: ${brief(failure.error)}`),
    ].join('\n');
  }
  if (event.outcome === 'cancelled') return `${style.yellow('–')} run cancelled after ${took}`;
  const release =
    event.release === undefined ? '' : ` ${style.dim('·')} release ${style.bold(event.release)}`;
  return `${style.green('✓')} run done in ${took}${release}`;
}

function brief(error: ErrorRecord): string {
  return `${error.code}: ${printable(error.message)}`;
}
