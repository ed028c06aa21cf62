import { Command, InvalidArgumentError } from 'commander';
import type { RunRecord } from '../../app/towpath.ts';
import { formatDuration } from '../../core/units.ts';
import type { Context } from '../context.ts';
import { elsewhereAdvice } from '../output/elsewhere.ts';
import type { Style } from '../output/style.ts';
import { table } from '../output/table.ts';
import { printable } from '../output/width.ts';
import { localTime } from '../output/words.ts';
import { examples } from './examples.ts';
import { stateText } from './run-detail.ts';

export function runsCommand(context: Context): Command {
  return new Command('runs')
    .description('list the runs, newest first')
    .option('--limit <n>', 'how many', atLeastOne, 20)
    .addHelpText(
      'after',
      examples(['towpath runs', 'the last 20'], ['towpath runs --limit 3 --json', 'for scripts']),
    )
    .action(async ({ limit }: { limit: number }) => {
      const runs = await context.withTowpath((towpath) => towpath.runs({ limit }), 'reading the records');
      context.printRecord(runs, () => runLines(runs, context));
    });
}

function runLines(runs: readonly RunRecord[], { style, io }: Context): string[] {
  if (runs.length === 0) return ['no runs yet: `towpath run` makes the first'];
  const [first] = runs.filter((run) => run.elsewhere !== undefined);
  const advice = first?.elsewhere === undefined ? [] : elsewhereAdvice(first.id, first.elsewhere, style);
  const lines = table<RunRecord>(
    [
      { header: 'RUN', cell: ({ id }) => id },
      { header: 'STATE', cell: (run) => placeText(run, style) },
      { header: 'STARTED', cell: ({ started }) => localTime(started) },
      { header: 'TOOK', align: 'right', cell: ({ ms }) => (ms === undefined ? '' : formatDuration(ms)) },
      { header: 'STEPS', align: 'right', cell: ({ steps }) => `${steps.done + steps.cached}/${steps.total}` },
      { header: 'CACHED', align: 'right', cell: ({ steps }) => String(steps.cached) },
      { header: 'RELEASE', cell: ({ release }) => release ?? '' },
      {
        header: 'ERROR',
        flexible: true,
        cell: ({ error }) => (error ? `${error.code}: ${printable(error.message)}` : ''),
      },
    ],
    runs,
    style,
    io.out.columns,
  );
  return [...lines, ...advice];
}

function placeText({ state, elsewhere }: RunRecord, style: Style): string {
  return elsewhere === undefined
    ? stateText(state, style)
    : `${stateText(state, style)} ${style.dim(`on ${printable(elsewhere)}`)}`;
}

function atLeastOne(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('How many is a whole number, at least 1.');
}
