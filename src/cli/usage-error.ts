import type { Command, CommanderError } from 'commander';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { decode, say, verbatim, type Message, type Text } from '../core/messages/message.ts';

/** A mistake in the command line, which commander found, in our form: a sentence, and what was probably meant. */
export function usageError(error: CommanderError, program: Command, args: readonly string[]): TowpathError {
  // Its message is a placeholder where it would print help for a command that leads to others.
  if (error.code === 'commander.help') return commandLacking(program, args);
  const words = error.message.replace(/^error: /, '');
  const suggestion = /\n\(Did you mean (one of )?(.+)\?\)$/.exec(words);
  const said = suggestion === null ? words : words.slice(0, suggestion.index);
  const hint =
    suggestion === null
      ? helpOf(error.code, commandOf(program, args).name)
      : meant(suggestion[2] ?? '', suggestion[1] !== undefined);
  return new TowpathError('TOW_CLI_USAGE', mistake(error.code, said), { ...(hint && { hint }) });
}

/** Command lines that show what a command lacks. */
const whole: Readonly<Record<string, string>> = {
  'towpath cancel': 'towpath cancel last',
  'towpath lineage': 'towpath lineage r3',
  'towpath backup': 'towpath backup /srv/backup/manuals',
  'towpath release show': 'towpath release show r3',
};

function helpOf(code: string, name: string): Message | undefined {
  if (name === 'towpath') return undefined;
  // Without quotes a shell makes every word of a question an argument.
  if (name === 'towpath ask' && code === 'commander.excessArguments') return say('usage.question-quotes');
  const example = code === 'commander.missingArgument' ? whole[name] : undefined;
  return example === undefined
    ? say('usage.see-command', { name })
    : say('usage.see-example', { name, example });
}

function meant(names: string, several: boolean): Message {
  if (!several) return say('usage.meant', { meant: names });
  return say('usage.meant-one-of', { meant: names.split(', ').map((name) => `\`${name}\``) });
}

type Form = readonly [RegExp, (...values: readonly string[]) => Message];

/** As commander words its mistakes, by their codes. */
const forms: Readonly<Record<string, Form>> = {
  'commander.unknownOption': [
    /^unknown option '(.*)'$/s,
    (option = '') => say('usage.unknown-option', { option }),
  ],
  'commander.unknownCommand': [
    /^unknown command '(.*)'$/s,
    (command = '') => say('usage.unknown-command', { command }),
  ],
  'commander.missingArgument': [
    /^missing required argument '(.*)'$/s,
    (argument = '') => say('usage.missing-argument', { argument }),
  ],
  'commander.optionMissingArgument': [
    /^option '(.*)' argument missing$/s,
    (option = '') => say('usage.option-argument', { option }),
  ],
  'commander.invalidArgument': [
    /^option '([^']*)' argument '(.*)' is invalid\. (.*)$/s,
    (option = '', value = '', why = '') =>
      say('usage.option-invalid', { option, value, why: invalidity(why) }),
  ],
  'commander.conflictingOption': [
    /^option '([^']*)' cannot be used with option '([^']*)'$/,
    (option = '', other = '') => say('usage.conflict', { option, other }),
  ],
  'commander.excessArguments': [
    /^too many arguments for '(.*)'\. Expected (\d+) arguments? but got (\d+)\.$/s,
    (command = '', n, count = '') => say('usage.arguments', { command, n: Number(n), count }),
  ],
};

function mistake(code: string, words: string): Message {
  const form = Object.hasOwn(forms, code) ? forms[code] : undefined;
  const found = form?.[0].exec(words);
  return form && found ? form[1](...found.slice(1)) : verbatim(words);
}

/** What our own checks of a value said, or commander's of a choice. */
function invalidity(words: string): Text {
  const choices = /^Allowed choices are (.+)\.$/.exec(words)?.[1];
  return choices === undefined ? decode(words) : say('usage.choices', { choices: choices.split(', ') });
}

function commandLacking(program: Command, args: readonly string[]): TowpathError {
  const { command, name } = commandOf(program, args);
  const known = command.commands.map((child) => child.name()).filter((each) => each !== 'help');
  return new TowpathError('TOW_CLI_USAGE', say('usage.command-lacking', { name, known }), {
    hint: say('usage.see-help', { name }),
  });
}

/** The command that was written, as far as it is one. */
function commandOf(program: Command, args: readonly string[]): { command: Command; name: string } {
  let command = program;
  const path = ['towpath'];
  for (const [at, arg] of args.entries()) {
    const isValue = program.options.some(({ long, required }) => required && long === args[at - 1]);
    const next = isValue ? undefined : command.commands.find((child) => child.name() === arg);
    if (next === undefined) continue;
    command = next;
    path.push(arg);
  }
  return { command, name: path.join(' ') };
}
