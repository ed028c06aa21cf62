import { type Command, CommanderError } from 'commander';
import { exitCodes } from '../core/errors/code.ts';
import { asTowpathError, TowpathError } from '../core/errors/towpath-error.ts';
import { Context, type Wiring } from './context.ts';
import { languageOf } from './language.ts';
import type { Io } from './io.ts';
import { renderError } from './output/error.ts';
import { fold } from './output/width.ts';
import { createProgram } from './program.ts';

/** Runs one command line and returns the exit code. The one place where errors become text and codes. */
export async function runCli(args: readonly string[], io: Io, wiring: Wiring): Promise<number> {
  const context = new Context(io, wiring, languageOf(args, io.env), args);
  const program = createProgram(context);
  try {
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync([...args], { from: 'user' });
    return context.exitCode ?? exitCodes.ok;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return exitCodes.ok;
    if (io.signal.aborted && !(thrown instanceof TowpathError)) return exitCodes.interrupted;
    const error =
      thrown instanceof CommanderError ? usageError(thrown, program, args) : asTowpathError(thrown);
    report(error, context, args);
    return error.exitCode;
  }
}

function report(error: TowpathError, context: Context, args: readonly string[]): void {
  const { out, err, env } = context.io;
  // A mistake in the command line comes before its options are known.
  if (context.json || args.includes('--json')) {
    out.write(`${JSON.stringify({ error: error.toRecord() })}\n`);
    return;
  }
  const style = args.includes('--no-color') ? context.styleOf(false) : context.styleOf(err.isTerminal);
  const stack = error.kind === 'fault' || (env['TOWPATH_DEBUG'] ?? '') !== '';
  const text = renderError(error, style, err.columns, { stack, language: context.language });
  err.write(`${err.isTerminal ? fold(text, err.columns).join('\n') : text}\n`);
}

/** Commander's message in our form: a sentence, and what was probably meant as the fix. */
function usageError(error: CommanderError, program: Command, args: readonly string[]): TowpathError {
  // Its message is a placeholder where it would print help for a command that leads to others.
  if (error.code === 'commander.help') return commandLacking(program, args);
  const [first = '', second] = error.message.replace(/^error: /, '').split('\n');
  const meant = second === undefined ? undefined : /^\(Did you mean (.+)\?\)$/.exec(second)?.[1];
  return new TowpathError('TOW_CLI_USAGE', first, {
    ...(meant !== undefined && { hint: `did you mean \`${meant}\`? Otherwise see \`towpath --help\`` }),
  });
}

function commandLacking(program: Command, args: readonly string[]): TowpathError {
  let command = program;
  const path = ['towpath'];
  for (const arg of args) {
    const next = command.commands.find((child) => child.name() === arg);
    if (next === undefined) continue;
    command = next;
    path.push(arg);
  }
  const name = path.join(' ');
  const known = command.commands.map((child) => child.name()).filter((each) => each !== 'help');
  return new TowpathError('TOW_CLI_USAGE', `\`${name}\` lacks a command: ${known.join(', ')}`, {
    hint: `see \`${name} --help\` for what each does`,
  });
}
