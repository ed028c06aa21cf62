import { Command } from 'commander';
import { formatBytes } from '../../core/units.ts';
import type { Context } from '../context.ts';
import { printable } from '../output/width.ts';
import { counted } from '../output/words.ts';
import { examples } from './examples.ts';

export function backupCommand(context: Context): Command {
  return new Command('backup')
    .description('copy the records and the artifacts into a folder, also while a run or a service goes on')
    .argument('<folder>', 'new, or that of an earlier backup: what it holds already is not copied again')
    .addHelpText(
      'after',
      examples(['towpath backup /srv/backup/manuals', 'restore it by copying it to .towpath']),
    )
    .action(async (folder: string) => {
      const { resolve } = await import('node:path');
      const { signal, cwd } = context.io;
      const record = await context.withTowpath((towpath) => {
        const target = resolve(cwd, folder);
        if (context.json) return towpath.backup(target, { observer: () => undefined, signal });
        return context.withView((view) =>
          towpath.backup(target, { observer: (event) => view.show(event), signal }),
        );
      });
      context.printRecord(record, () => {
        const { artifacts, unchanged } = record;
        const size = `${counted(artifacts.count, 'artifacts')}, ${formatBytes(artifacts.bytes)}`;
        const before = unchanged > 0 ? `; ${String(unchanged)} were there already` : '';
        return [`backed up to ${printable(record.folder)}: ${size}${before}`];
      });
    });
}
