import { Command, InvalidArgumentError } from 'commander';
import type { RunRecord } from '../../app/records/run.ts';
import { saidIn } from '../../core/errors/towpath-error.ts';
import { duration } from '../../core/messages/duration.ts';
import { encode, say, type Words } from '../../core/messages/message.ts';
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
    .description(context.say('command.runs'))
    .option('--limit <n>', context.say('command.runs.limit'), atLeastOne, 20)
    .addHelpText(
      'after',
      examples(
        context,
        ['towpath runs', say('command.runs.example')],
        ['towpath runs --limit 3 --json', say('command.for-scripts')],
      ),
    )
    .action(async ({ limit }: { limit: number }) => {
      const runs = await context.withTowpath(
        (towpath) => towpath.runs({ limit }),
        say('show.waiting.records'),
      );
      context.printRecord(runs, () => runLines(runs, context));
    });
}

function runLines(runs: readonly RunRecord[], { style, language, words, io }: Context): string[] {
  if (runs.length === 0) return [words('show.no-runs')];
  const [first] = runs.filter((run) => run.elsewhere !== undefined);
  const advice =
    first?.elsewhere === undefined ? [] : elsewhereAdvice(first.id, first.elsewhere, style, words);
  const lines = table<RunRecord>(
    [
      { header: words('column.run'), cell: ({ id }) => id },
      { header: words('column.state'), cell: (run) => placeText(run, style, words) },
      { header: words('column.started'), cell: ({ started }) => localTime(started) },
      {
        header: words('column.took'),
        align: 'right',
        cell: ({ ms }) => (ms === undefined ? '' : words.text(duration(ms))),
      },
      {
        header: words('column.steps'),
        align: 'right',
        cell: ({ steps }) => `${steps.done + steps.cached}/${steps.total}`,
      },
      { header: words('column.cached'), align: 'right', cell: ({ steps }) => String(steps.cached) },
      { header: words('column.release'), cell: ({ release }) => release ?? '' },
      {
        header: words('column.error'),
        flexible: true,
        cell: ({ error }) => (error ? `${error.code}: ${printable(saidIn(error, language).message)}` : ''),
      },
    ],
    runs,
    style,
    io.out.columns,
  );
  return [...lines, ...advice];
}

function placeText({ state, elsewhere }: RunRecord, style: Style, words: Words): string {
  const shown = stateText(state, style, words);
  return elsewhere === undefined
    ? shown
    : `${shown} ${style.dim(words('show.on-host', { host: printable(elsewhere) }))}`;
}

function atLeastOne(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(encode(say('usage.limit')));
}
