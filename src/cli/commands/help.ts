import { Command } from 'commander';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { nearest } from '../../project/nearest.ts';
import type { Context } from '../context.ts';
import { exitCodeLines } from '../exit-codes.ts';

/** `towpath help [command|exit-codes]`. */
export function helpCommand(program: Command, context: Context): Command {
  return new Command('help')
    .description('print help for a command or for a topic: exit-codes')
    .argument('[topic...]')
    .action((topic: string[]) => {
      if (topic[0] === 'exit-codes') return context.print(...exitCodeLines());
      find(program, topic).outputHelp();
    });
}

function find(program: Command, path: readonly string[]): Command {
  return path.reduce((command, name) => {
    const child = command.commands.find((candidate) => candidate.name() === name);
    if (child) return child;
    const names = [...command.commands.map((candidate) => candidate.name()), 'exit-codes'];
    const meant = nearest(name, names);
    throw new TowpathError('TOW_CLI_USAGE', `there is no help for '${name}'`, {
      hint:
        meant === undefined
          ? 'see `towpath --help` for the commands'
          : `did you mean \`towpath help ${meant}\`?`,
    });
  }, program);
}
