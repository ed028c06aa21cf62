import { CommanderError } from 'commander';
import { exitCodes } from '../core/errors/entry.ts';
import { asTowpathError, TowpathError } from '../core/errors/towpath-error.ts';
import { Context, type Wiring } from './context.ts';
import { languageOf } from './language.ts';
import type { Io } from './io.ts';
import { renderError } from './output/error.ts';
import { fold } from './output/width.ts';
import { createProgram } from './program.ts';
import { usageError } from './usage-error.ts';

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
