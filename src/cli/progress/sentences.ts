import { saidIn, TowpathError, type ErrorRecord } from '../../core/errors/towpath-error.ts';
import { duration } from '../../core/messages/duration.ts';
import { labelled, type Words } from '../../core/messages/message.ts';
import type { RunEvent, TowpathEvent } from '../../app/events.ts';
import { elsewhereAdvice } from '../output/elsewhere.ts';
import { heldBackLines } from '../output/held-back.ts';
import { projectProblems } from '../output/project-problems.ts';
import type { Style } from '../output/style.ts';
import { padEnd, printable } from '../output/width.ts';
import type { Board } from './board.ts';
import { briefFacts, leftOut } from './facts.ts';

/**
 * The lasting line that an event leaves behind, if it leaves one; both the terminal's view and the quiet one print it.
 *
 * Why a run failed is said once, by the command's error or by the trouble that a service goes on with: the lines of its
 * step and its end name the code alone. What else failed in that run stands under its end.
 */
export function sentence(
  event: TowpathEvent,
  style: Style,
  words: Words,
  { nameWidth, failures, width }: Pick<Board, 'nameWidth' | 'failures'> & { readonly width: number },
): string | undefined {
  switch (event.event) {
    case 'run-started': {
      const steps = words('unit.steps', { n: event.steps.length });
      return `${style.bold(words('event.run'))} ${event.run} ${style.dim(`· ${steps}`)}`;
    }
    case 'step-started':
    case 'step-progress':
    case 'replica-starting':
      return undefined;
    case 'step-waiting':
      return stepWaiting(event, style, words);
    case 'step-finished':
      return stepFinished(event, style, words, nameWidth);
    case 'run-finished':
      return runFinished(event, style, words, failures);
    case 'replica-failed': {
      const { replica, retryIn } = event;
      const next =
        retryIn === undefined
          ? words('event.given-up')
          : words('event.retry-in', { time: duration(retryIn) });
      const failed = words('event.replica-failed', { replica, error: brief(event.error, words) });
      return `${style.red('✖')} ${failed} ${style.dim(`· ${next}`)}`;
    }
    case 'serving': {
      const place = { release: style.bold(event.release), url: style.cyan(event.url) };
      return [
        `${style.green('●')} ${words('event.serving', place)}`,
        style.dim(`  ${words('event.ask-there')}`),
      ].join('\n');
    }
    case 'held-back':
      return heldBackLines(event, style, words).join('\n');
    case 'swapped':
      return `${style.green('●')} ${words('event.swapped', { from: event.from, to: style.bold(event.to) })}`;
    case 'draining': {
      if (event.inFlight === 0) return undefined;
      const requests = words('unit.requests', { n: event.inFlight });
      return `  ${words('event.draining', { release: event.release, requests })}`;
    }
    case 'watching': {
      const files = words('unit.files', { n: event.files });
      return style.dim(`  ${words('event.watching', { files })}`);
    }
    case 'changed': {
      const paths = event.paths.slice(0, 3).map(printable);
      const more = event.count - 3;
      const text =
        more > 0 ? words('event.changed-more', { paths, more }) : words('event.changed', { paths });
      return `${style.yellow('~')} ${text}`;
    }
    case 'trouble':
      return trouble(event, style, words, width);
    case 'warning':
      return `${style.yellow('!')} ${brief(event.error, words)}`;
    case 'stopping':
      return words('event.stopping-at-once');
    case 'stopped':
      return words('event.stopped');
  }
}

type Finished = Extract<RunEvent, { event: 'step-finished' }>;

function stepWaiting(
  { step, on, elsewhere }: Extract<RunEvent, { event: 'step-waiting' }>,
  style: Style,
  words: Words,
): string {
  const waits = { step: printable(step), run: on };
  if (elsewhere === undefined) return `${style.yellow('…')} ${words('event.waits', waits)}`;
  return [
    `${style.yellow('…')} ${words('event.waits-elsewhere', { ...waits, host: printable(elsewhere) })}`,
    ...elsewhereAdvice(on, elsewhere, style, words),
  ].join('\n');
}

const marks = { cached: '✓', done: '✓', failed: '✖', cancelled: '–' } as const;

function stepFinished(
  { step, outcome, ms, facts, error }: Finished,
  style: Style,
  words: Words,
  nameWidth: number,
): string {
  const colour = { cached: style.dim, done: style.green, failed: style.red, cancelled: style.yellow }[
    outcome
  ];
  const parts = [words(`state.${outcome}`)];
  if (outcome !== 'cached') parts.push(words.text(duration(ms)));
  if (error) parts.push(error.code);
  else if (outcome === 'done') parts.push(...briefFacts(facts, words));
  // Told of a cached step too: what a service rests on was left out all the same.
  if (!error) parts.push(...leftOut(facts, words));
  return `${colour(marks[outcome])} ${padEnd(printable(step), nameWidth)} ${style.dim(parts.join(' · '))}`;
}

function runFinished(
  event: Extract<RunEvent, { event: 'run-finished' }>,
  style: Style,
  words: Words,
  failures: Board['failures'],
): string {
  const time = duration(event.ms);
  if (event.outcome === 'failed') {
    const { error } = event;
    const others = failures.filter(
      (failure) => failure.error.code !== error?.code || failure.error.message !== error.message,
    );
    const failed = error
      ? words('event.run-failed-with', { time, code: error.code })
      : words('event.run-failed', { time });
    return [
      `${style.red('✖')} ${failed}`,
      ...others.map(
        (failure) =>
          `  ${words('event.failed-too', { step: printable(failure.step), error: brief(failure.error, words) })}`,
      ),
    ].join('\n');
  }
  if (event.outcome === 'cancelled') return `${style.yellow('–')} ${words('event.run-cancelled', { time })}`;
  const done = [
    `${style.green('✓')} ${words('event.run-done', { time })}`,
    ...(event.release === undefined ? [] : [releaseOf(event.release, event.live, style, words)]),
  ].join(` ${style.dim('·')} `);
  return event.evaluated === false ? `${done}\n${style.dim(`  ${words('event.not-evaluated')}`)}` : done;
}

function releaseOf(name: string, live: string | undefined, style: Style, words: Words): string {
  if (live === undefined) return words('event.release', { release: style.bold(name) });
  return words('event.release-not-live', { release: name, live: style.bold(live) });
}

/** What nobody is shown by an error of the command itself: the places of a broken project file, too. */
function trouble(
  { error, retryIn }: Extract<TowpathEvent, { event: 'trouble' }>,
  style: Style,
  words: Words,
  width: number,
): string {
  const next =
    retryIn === undefined
      ? ''
      : ` ${style.dim(`· ${words('event.run-again-in', { time: duration(retryIn) })}`)}`;
  const problems = projectProblems(TowpathError.fromRecord(error), style, width, words.language);
  const { hint } = saidIn(error, words.language);
  const fix = hint === '' ? [] : [`  ${labelled(words('error.fix'), printable(hint), style.cyan)}`];
  return [
    `${style.red('✖')} ${words('event.serving-on', { error: brief(error, words) })}${next}`,
    ...problems,
    ...fix,
  ].join('\n');
}

function brief(error: ErrorRecord, { language }: Words): string {
  return `${error.code}: ${printable(saidIn(error, language).message)}`;
}
