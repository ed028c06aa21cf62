import { Command } from 'commander';
import type { Context } from '../context.ts';
import { examples } from './examples.ts';
import { portOption } from './port.ts';

export function serveCommand(context: Context): Command {
  return new Command('serve')
    .description('serve the live release, without running the flow')
    .addOption(portOption())
    .addHelpText(
      'after',
      examples(['towpath serve', 'the live release, in the foreground; Ctrl-C stops it cleanly']),
    )
    .action((options: { port?: number }) =>
      context.withTowpath((towpath) =>
        context.withView((view) =>
          towpath.serve({
            ...(options.port !== undefined && { port: options.port }),
            observer: (event) => view.show(event),
            signal: context.io.signal,
          }),
        ),
      ),
    );
}
