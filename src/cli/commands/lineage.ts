import { Command, Option } from 'commander';
import type { LineageDirection } from '../../app/towpath.ts';
import type { Context } from '../context.ts';
import { lineageLines } from '../output/lineage-tree.ts';
import { examples } from './examples.ts';

export function lineageCommand(context: Context): Command {
  return new Command('lineage')
    .description('show what an artifact, release or source was made from, and what was made from it')
    .argument('<subject>', 'beginning of a digest, name of a release, or path of a source file')
    .addOption(new Option('--backwards', 'only what it was made from').conflicts('forwards'))
    .addOption(new Option('--forwards', 'only what was made from it').conflicts('backwards'))
    .addHelpText(
      'after',
      examples(
        ['towpath lineage r3', 'everything that went into a release'],
        ['towpath lineage docs/en/setup.md --forwards', 'every release that a document reached'],
      ),
    )
    .action(async (subject: string, options: { backwards?: boolean; forwards?: boolean }) => {
      const direction: LineageDirection = options.backwards
        ? 'backwards'
        : options.forwards
          ? 'forwards'
          : 'both';
      const lineage = await context.withTowpath((towpath) => towpath.lineage(subject, direction), 'tracing');
      context.printRecord(lineage, () => lineageLines(lineage, direction, context.style));
    });
}
