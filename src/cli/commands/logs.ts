import { Command } from 'commander';
import { exitCodes } from '../../core/errors/code.ts';
import type { Context } from '../context.ts';
import { printable } from '../output/width.ts';
import { examples } from './examples.ts';

export function logsCommand(context: Context): Command {
  return new Command('logs')
    .description('print the kept log of a run or of one of its steps')
    .argument('<run>', 'id or its beginning, or `last`')
    .argument('[step]', 'one step alone')
    .option('-f, --follow', 'go on until the run ends')
    .addHelpText(
      'after',
      examples(
        ['towpath logs last', 'every step of the newest run'],
        ['towpath logs last index --follow', 'one step, while it runs'],
      ),
    )
    .action(async (run: string, step: string | undefined, options: { follow?: boolean }) => {
      const { io, style } = context;
      let printed = 0;
      await context.withTowpath(async (towpath) => {
        const lines = towpath.logs(run, {
          ...(step !== undefined && { step }),
          follow: options.follow === true,
          signal: io.signal,
        });
        for await (const record of lines) {
          if (io.signal.aborted) break;
          printed += 1;
          const prefix = step === undefined ? `${style.cyan(printable(record.step))} ` : '';
          io.out.write(context.json ? `${JSON.stringify(record)}\n` : `${prefix}${printable(record.line)}\n`);
        }
      });
      if (printed === 0 && !io.signal.aborted) {
        io.err.write('nothing was logged; a cached step has its log in the run that did it\n');
      }
      if (io.signal.aborted) context.exitCode = exitCodes.interrupted;
    });
}
