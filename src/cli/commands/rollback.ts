import { Command } from 'commander';
import type { Context } from '../context.ts';
import { examples } from './examples.ts';

export function rollbackCommand(context: Context): Command {
  return new Command('rollback')
    .description('make an earlier release live again')
    .argument('[release]', 'by default the one that was live before')
    .addHelpText(
      'after',
      examples(
        ['towpath rollback', 'to the release before; a running service swaps to it'],
        ['towpath rollback r2', 'to a certain one that `towpath releases` lists'],
      ),
    )
    .action(async (release: string | undefined) => {
      const record = await context.withTowpath((towpath) => towpath.rollback(release), 'rolling back');
      const { style } = context;
      context.printRecord(record, () => [
        `live: ${record.from === undefined ? '' : `${record.from} -> `}${style.bold(record.to)}${style.dim(record.swapped ? ' · the running service has swapped' : ' · no service is running')}`,
      ]);
    });
}
