import { Command } from 'commander';
import { exitCodes } from '../../core/errors/entry.ts';
import { say } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';
import { examples } from './examples.ts';
import { portOption } from './port.ts';

export function upCommand(context: Context): Command {
  return new Command('up')
    .description(context.say('command.up'))
    .option('--no-watch', context.say('command.up.no-watch'))
    .addOption(portOption(context))
    .addHelpText(
      'after',
      examples(
        context,
        ['towpath up', say('command.up.example.all')],
        ['towpath up --port 8080 --no-watch', say('command.up.example.port')],
      ),
    )
    .action(async (options: { watch: boolean; port?: number }) => {
      let served = false as boolean;
      await context.withTowpath(
        (towpath, come) =>
          context.withView(
            (view) =>
              towpath.up({
                watch: options.watch,
                ...(options.port !== undefined && { port: options.port }),
                observer: (event) => {
                  served ||= event.event === 'serving';
                  view.show(event);
                },
                signal: context.io.signal,
              }),
            come,
          ),
        say('show.waiting.start'),
      );
      // Ctrl-C is how a service is stopped; before it was up, it broke something off.
      if (!served && context.io.signal.aborted) context.exitCode = exitCodes.interrupted;
    });
}
