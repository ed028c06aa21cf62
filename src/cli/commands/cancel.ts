import { Command } from 'commander';
import type { Context } from '../context.ts';
import { examples } from './examples.ts';
import { stateText } from './run-detail.ts';

export function cancelCommand(context: Context): Command {
  return new Command('cancel')
    .description('stop a run, in whichever terminal it goes on')
    .argument('<run>', 'id or its beginning, or `last`')
    .addHelpText('after', examples(['towpath cancel last', 'the newest run; finished steps stay cached']))
    .action(async (id: string) => {
      const run = await context.withTowpath((towpath) => towpath.cancel(id));
      context.printRecord(run, () => [`run ${run.id} ${stateText(run.state, context.style)}`]);
    });
}
