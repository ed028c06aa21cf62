import { Command } from 'commander';
import { say } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';
import { examples } from './examples.ts';

export function rollbackCommand(context: Context): Command {
  return new Command('rollback')
    .description(context.say('command.rollback'))
    .argument('[release]', context.say('command.rollback.release'))
    .addHelpText(
      'after',
      examples(
        context,
        ['towpath rollback', say('command.rollback.example.before')],
        ['towpath rollback r2', say('command.rollback.example.certain')],
      ),
    )
    .action(async (release: string | undefined) => {
      const record = await context.withTowpath(
        (towpath) => towpath.rollback(release),
        say('show.waiting.rollback'),
      );
      const { style } = context;
      context.printRecord(record, () => {
        const { from, to, swapped } = record;
        const release = `${from === undefined ? '' : `${from} -> `}${style.bold(to)}`;
        const service = context.say(swapped ? 'show.swapped' : 'show.not-swapped');
        return [`${context.say('show.rolled-back', { release })}${style.dim(` · ${service}`)}`];
      });
    });
}
