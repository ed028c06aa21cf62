import { Command } from 'commander';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import { nearest } from '../../project/nearest.ts';
import type { Context } from '../context.ts';
import { exitCodeLines } from '../exit-codes.ts';

/** `towpath help [command|exit-codes]`. */
export function helpCommand(program: Command, context: Context): Command {
  return new Command('help')
    .description(context.say('help.help-command'))
    .argument('[topic...]')
    .action((topic: string[]) => {
      if (topic[0] === 'exit-codes') {
        context.print(...exitCodeLines(context.words));
        return;
      }
      find(program, topic).outputHelp();
    });
}

function find(program: Command, path: readonly string[]): Command {
  return path.reduce((command, name) => {
    const child = command.commands.find((candidate) => candidate.name() === name);
    if (child) return child;
    const names = [...command.commands.map((candidate) => candidate.name()), 'exit-codes'];
    const meant = nearest(name, names);
    throw new TowpathError('TOW_CLI_USAGE', say('usage.no-help', { topic: name }), {
      hint: meant === undefined ? say('usage.see-commands') : say('usage.meant-help', { meant }),
    });
  }, program);
}
