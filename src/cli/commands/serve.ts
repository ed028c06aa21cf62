import { Command } from 'commander';
import { say } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';
import { examples } from './examples.ts';
import { portOption } from './port.ts';

export function serveCommand(context: Context): Command {
  return new Command('serve')
    .description(context.say('command.serve'))
    .addOption(portOption(context))
    .addHelpText('after', examples(context, ['towpath serve', say('command.serve.example')]))
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
