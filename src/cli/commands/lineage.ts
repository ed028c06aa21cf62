import { Command, Option } from 'commander';
import type { LineageDirection } from '../../app/records/release.ts';
import { say } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';
import { lineageLines } from '../output/lineage-tree.ts';
import { examples } from './examples.ts';

export function lineageCommand(context: Context): Command {
  return new Command('lineage')
    .description(context.say('command.lineage'))
    .argument('<subject>', context.say('command.lineage.subject'))
    .addOption(new Option('--backwards', context.say('command.lineage.backwards')).conflicts('forwards'))
    .addOption(new Option('--forwards', context.say('command.lineage.forwards')).conflicts('backwards'))
    .addHelpText(
      'after',
      examples(
        context,
        ['towpath lineage r3', say('command.lineage.example.release')],
        ['towpath lineage docs/en/setup.md --forwards', say('command.lineage.example.source')],
      ),
    )
    .action(async (subject: string, options: { backwards?: boolean; forwards?: boolean }) => {
      const direction: LineageDirection = options.backwards
        ? 'backwards'
        : options.forwards
          ? 'forwards'
          : 'both';
      const lineage = await context.withTowpath(
        (towpath) => towpath.lineage(subject, direction),
        say('show.waiting.lineage'),
      );
      context.printRecord(lineage, () => lineageLines(lineage, direction, context));
    });
}
