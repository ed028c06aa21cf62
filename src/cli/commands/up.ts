import { Command } from 'commander';
import { exitCodes } from '../../core/errors/code.ts';
import type { Context } from '../context.ts';
import { examples } from './examples.ts';
import { portOption } from './port.ts';

export function upCommand(context: Context): Command {
  return new Command('up')
    .description('run the flow, serve the release, and rerun when sources change')
    .option('--no-watch', 'run once and serve, whatever changes afterwards')
    .addOption(portOption())
    .addHelpText(
      'after',
      examples(
        ['towpath up', 'the whole project, in the foreground; Ctrl-C stops it cleanly'],
        ['towpath up --port 8080 --no-watch', 'elsewhere, and without rerunning'],
      ),
    )
    .action(async (options: { watch: boolean; port?: number }) => {
      let served = false;
      await context.withTowpath((towpath) =>
        context.withView((view) =>
          towpath.up({
            watch: options.watch,
            ...(options.port !== undefined && { port: options.port }),
            observer: (event) => {
              served ||= event.event === 'serving';
              view.show(event);
            },
            signal: context.io.signal,
          }),
        ),
      );
      // Ctrl-C is how a service is stopped; before it was up, it broke something off.
      if (!served && context.io.signal.aborted) context.exitCode = exitCodes.interrupted;
    });
}
