import { Command } from 'commander';
import type { Towpath } from '../../app/towpath.ts';
import type { PageRecord } from '../../app/records/run.ts';
import { say } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';
import { examples } from './examples.ts';

export function reportCommand(context: Context): Command {
  return pageCommand(
    context,
    new Command('report')
      .description(context.say('command.report'))
      .argument('[of]', context.say('command.report.of'))
      .addHelpText(
        'after',
        examples(
          context,
          ['towpath report', say('command.report.example.last')],
          ['towpath report r3 --no-open', say('command.report.example.release')],
        ),
      ),
    (towpath, of) => towpath.report(of, context.language),
  );
}

export function curvesCommand(context: Context): Command {
  return pageCommand(
    context,
    new Command('curves')
      .description(context.say('command.curves'))
      .argument('[run]', context.say('command.curves.run'))
      .addHelpText(
        'after',
        examples(
          context,
          ['towpath curves', say('command.curves.example.last')],
          ['towpath curves last --no-open', say('command.curves.example.path')],
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
    .option('--no-open', context.say('command.no-open'))
    .action(async (of: string | undefined, options: { open: boolean }) => {
      const record = await context.withTowpath((towpath) => find(towpath, of), say('show.waiting.page'));
      context.printRecord(record, () => [record.page]);
      if (!options.open || context.json) return;
      const { browserFor, openPage } = await import('../browser.ts');
      const program = browserFor(context.io);
      if (program === undefined) return;
      const opened = await openPage(program, record.page);
      if (!opened) context.io.err.write(`${context.say('show.browser-failed', { program })}\n`);
    });
}
