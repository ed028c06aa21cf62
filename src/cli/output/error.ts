import { labelled, render, say, type Speech } from '../../core/messages/message.ts';
import { saidIn, TowpathError, type ErrorRecord } from '../../core/errors/towpath-error.ts';
import type { Context } from '../context.ts';
import { projectProblems } from './project-problems.ts';
import type { Style } from './style.ts';
import { printable } from './width.ts';

/** An error as people read it: what, where, why, what to do; the problems of a project file each with its line. */
export function renderError(
  error: TowpathError,
  style: Style,
  width: number,
  { stack, language }: { readonly stack: boolean; readonly language: Speech },
): string {
  const record = error.toRecord();
  const { message, where, hint, causes } = saidIn(record, language);
  const word = (id: 'error.word' | 'error.fix' | 'error.cause'): string => render({ id }, language);
  const lines = [
    `${style.red(style.bold(word('error.word')))} ${style.bold(error.code)}: ${printable(message)}`,
  ];
  const problems = projectProblems(error, style, width, language);
  lines.push(...problems);
  if (problems.length === 0 && where !== undefined)
    lines.push(`  ${render(say('error.at', { where: printable(where) }), language)}`);
  for (const cause of causes)
    if (cause !== message) lines.push(`  ${labelled(word('error.cause'), printable(cause), style.dim)}`);
  if (hint !== '') lines.push(`  ${labelled(word('error.fix'), printable(hint), style.cyan)}`);
  if (stack) lines.push('', style.dim(stackOf(error)));
  return lines.join('\n');
}

/** Errors that end nothing, one below the other. */
export function problemLines(
  problems: readonly ErrorRecord[],
  { style, language, io }: Pick<Context, 'style' | 'language' | 'io'>,
): string[] {
  const shown = (problem: ErrorRecord): string =>
    renderError(TowpathError.fromRecord(problem), style, io.out.columns, { stack: false, language });
  return problems.flatMap((problem) => ['', shown(problem)]);
}

function stackOf(error: TowpathError): string {
  return error.cause instanceof Error ? (error.cause.stack ?? '') : (error.stack ?? '');
}
