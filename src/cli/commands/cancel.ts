import { Command } from 'commander';
import { say } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';
import { elsewhereAdvice } from '../output/elsewhere.ts';
import { examples } from './examples.ts';
import { stateText } from './run-detail.ts';

export function cancelCommand(context: Context): Command {
  return new Command('cancel')
    .description(context.say('command.cancel'))
    .argument('<run>', context.say('command.run-id'))
    .option('--gone', context.say('command.cancel.gone'))
    .addHelpText(
      'after',
      examples(
        context,
        ['towpath cancel last', say('command.cancel.example.last')],
        ['towpath cancel run-1k3f9 --gone', say('command.cancel.example.gone')],
      ),
    )
    .action(async (id: string, { gone }: { gone?: boolean }) => {
      let ended = false;
      const run = await context.withTowpath(async (towpath) => {
        if (gone === true) return await towpath.giveUp(id);
        ended = (await towpath.runDetail(id)).state !== 'running';
        return await towpath.cancel(id);
      }, say('show.waiting.cancel'));
      const { style, words } = context;
      context.printRecord(run, () => [
        ...(ended ? [words('show.nothing-to-cancel')] : []),
        words('show.run-state', { run: run.id, state: stateText(run.state, style, words) }),
        ...(run.elsewhere === undefined ? [] : elsewhereAdvice(run.id, run.elsewhere, style, words)),
      ]);
    });
}
