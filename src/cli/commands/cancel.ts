import { Command } from 'commander';
import type { Context } from '../context.ts';
import { elsewhereAdvice } from '../output/elsewhere.ts';
import { examples } from './examples.ts';
import { stateText } from './run-detail.ts';

export function cancelCommand(context: Context): Command {
  return new Command('cancel')
    .description('stop a run, in whichever terminal it goes on')
    .argument('<run>', 'id or its beginning, or `last`')
    .option('--gone', 'give it up: it went on at another machine, which is gone for good')
    .addHelpText(
      'after',
      examples(
        ['towpath cancel last', 'the newest run; finished steps stay cached'],
        ['towpath cancel run-1k3f9 --gone', 'one whose machine will never come back'],
      ),
    )
    .action(async (id: string, { gone }: { gone?: boolean }) => {
      const run = await context.withTowpath(
        (towpath) => (gone === true ? towpath.giveUp(id) : towpath.cancel(id)),
        'stopping the run',
      );
      context.printRecord(run, () => [
        `run ${run.id} ${stateText(run.state, context.style)}`,
        ...(run.elsewhere === undefined ? [] : elsewhereAdvice(run.id, run.elsewhere, context.style)),
      ]);
    });
}
