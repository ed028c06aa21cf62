import { Command } from 'commander';
import { exitCodes } from '../../core/errors/entry.ts';
import { say } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';
import { examples } from './examples.ts';
import { runDetailLines } from './run-detail.ts';

export function runCommand(context: Context): Command {
  return new Command('run')
    .description(context.say('command.run'))
    .option('--from-scratch', context.say('command.run.from-scratch'))
    .addHelpText(
      'after',
      examples(
        context,
        ['towpath run', say('command.run.example.plain')],
        ['towpath run --from-scratch', say('command.run.example.scratch')],
        ['towpath run --json | jq .event', say('command.run.example.json')],
        ['towpath run show last', say('command.run.example.show')],
      ),
    )
    .action(async (options: { fromScratch?: boolean }) => {
      const { signal } = context.io;
      const record = await context.withTowpath(
        (towpath, come) =>
          context.withView(
            (view) =>
              towpath.run({
                fromScratch: options.fromScratch === true,
                observer: (event) => view.show(event),
                signal,
              }),
            come,
          ),
        say('show.waiting.start'),
      );
      if (record.state === 'cancelled') context.exitCode = exitCodes.interrupted;
    })
    .addCommand(showCommand(context));
}

function showCommand(context: Context): Command {
  return new Command('show')
    .description(context.say('command.run-show'))
    .argument('[run]', context.say('command.run-id'), 'last')
    .addHelpText(
      'after',
      examples(
        context,
        ['towpath run show last', say('command.run-show.example.last')],
        ['towpath run show run-1k3f9', say('command.run-show.example.id')],
      ),
    )
    .action(async (run: string) => {
      const detail = await context.withTowpath(
        (towpath) => towpath.runDetail(run),
        say('show.waiting.records'),
      );
      context.printRecord(detail, () => runDetailLines(detail, context));
    });
}
