import { Command } from 'commander';
import type { PageRecord, Towpath } from '../../app/towpath.ts';
import type { Context } from '../context.ts';
import { examples } from './examples.ts';

export function reportCommand(context: Context): Command {
  return pageCommand(
    context,
    new Command('report')
      .description('print the path of an evaluation report, and open it in a browser')
      .argument('[of]', 'run or release (default: the newest run that was evaluated, gates passed or not)')
      .addHelpText(
        'after',
        examples(
          ['towpath report', 'of the newest run: also why its gates failed'],
          ['towpath report r3 --no-open', 'of a release; prints the path alone'],
        ),
      ),
    (towpath, of) => towpath.report(of, context.language),
  );
}

export function curvesCommand(context: Context): Command {
  return pageCommand(
    context,
    new Command('curves')
      .description('print the path of the page with the curves of training, and open it in a browser')
      .argument('[run]', 'id or its beginning, or `last` (default: the newest run that trained)')
      .addHelpText(
        'after',
        examples(
          ['towpath curves', 'of the newest run that trained'],
          ['towpath curves last --no-open', 'prints the path alone'],
        ),
      ),
    (towpath, run) => towpath.curves(run, context.language),
  );
}

function pageCommand(
  context: Context,
  command: Command,
  find: (towpath: Towpath, of: string | undefined) => Promise<PageRecord>,
): Command {
  return command
    .option('--no-open', 'only print the path')
    .action(async (of: string | undefined, options: { open: boolean }) => {
      const record = await context.withTowpath((towpath) => find(towpath, of), 'checking the page');
      context.printRecord(record, () => [record.page]);
      if (!options.open || context.json) return;
      const { browserFor, openPage } = await import('../browser.ts');
      const program = browserFor(context.io);
      if (program === undefined) return;
      const opened = await openPage(program, record.page);
      if (!opened) context.io.err.write(`${program} could not be started: open the page above yourself\n`);
    });
}
