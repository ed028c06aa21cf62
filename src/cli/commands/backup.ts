import { Command } from 'commander';
import { exitCodes } from '../../core/errors/entry.ts';
import { say } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';
import { artifactsText } from '../output/artifacts.ts';
import { problemLines } from '../output/error.ts';
import { printable } from '../output/width.ts';
import { examples } from './examples.ts';

export function backupCommand(context: Context): Command {
  return new Command('backup')
    .description(context.say('command.backup'))
    .argument('<folder>', context.say('command.backup.folder'))
    .addHelpText(
      'after',
      examples(context, ['towpath backup /srv/backup/manuals', say('command.backup.example')]),
    )
    .action(async (folder: string) => {
      const path = await import('node:path');
      const { signal, cwd } = context.io;
      const record = await context.withTowpath((towpath) => {
        const target = path.resolve(cwd, folder);
        if (context.json) return towpath.backup(target, { observer: () => undefined, signal });
        return context.withView((view) =>
          towpath.backup(target, { observer: (event) => view.show(event), signal }),
        );
      });
      if (record.problems !== undefined) context.exitCode = exitCodes.environment;
      context.printRecord(record, () => {
        const { unchanged, problems = [] } = record;
        const made = { folder: printable(record.folder), what: artifactsText(record.artifacts) };
        return [
          unchanged > 0
            ? context.say('show.backed-up-more', { ...made, unchanged })
            : context.say('show.backed-up', made),
          ...(problems.length > 0 ? [context.style.yellow(`! ${context.say('show.backup-doubted')}`)] : []),
          ...problemLines(problems, context),
        ];
      });
    });
}
