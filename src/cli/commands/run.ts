import { Command } from 'commander';
import { exitCodes } from '../../core/errors/code.ts';
import type { Context } from '../context.ts';
import { examples } from './examples.ts';
import { runDetailLines } from './run-detail.ts';

export function runCommand(context: Context): Command {
  return new Command('run')
    .description('run the flow once; when the gates pass, make a release and make it live')
    .option('--from-scratch', 'repeat every step, whatever is cached')
    .addHelpText(
      'after',
      examples(
        ['towpath run', 'redo only what has changed'],
        ['towpath run --from-scratch', 'redo everything'],
        ['towpath run --json | jq .event', 'events, one a line'],
        ['towpath run show last', 'the newest run, step by step'],
      ),
    )
    .action(async (options: { fromScratch?: boolean }) => {
      const { signal } = context.io;
      const record = await context.withTowpath((towpath) =>
        context.withView((view) =>
          towpath.run({
            fromScratch: options.fromScratch === true,
            observer: (event) => view.show(event),
            signal,
          }),
        ),
      );
      if (record.state === 'cancelled') context.exitCode = exitCodes.interrupted;
    })
    .addCommand(showCommand(context));
}

function showCommand(context: Context): Command {
  return new Command('show')
    .description('show a run step by step: what was done, what was cached, and why')
    .argument('<run>', 'id or its beginning, or `last`')
    .addHelpText(
      'after',
      examples(
        ['towpath run show last', 'the newest run'],
        ['towpath run show run-1k3f9', 'a run by the beginning of its id'],
      ),
    )
    .action(async (run: string) => {
      const detail = await context.withTowpath((towpath) => towpath.runDetail(run), 'reading the records');
      context.printRecord(detail, () => runDetailLines(detail, context.style, context.io.out.columns));
    });
}
