import { labelled, render, say, wordsIn, type Speech } from '../../core/messages/message.ts';
import type { TowpathError } from '../../core/errors/towpath-error.ts';
import { problemsOf, wordsOf, type Problem } from '../../project/problem.ts';
import type { Style } from './style.ts';
import { displayWidth, printable, truncate } from './width.ts';

/** The problems of a project file, each with its line, between empty lines; nothing for any other error. */
export function projectProblems(
  error: TowpathError,
  style: Style,
  width: number,
  language: Speech,
): readonly string[] {
  const problems = problemsOf(error);
  if (problems.length === 0) return [];
  const file = error.data?.['file'];
  const place = typeof file === 'string' ? file : '';
  const left = Number(error.data?.['count'] ?? 0) - problems.length;
  return [
    ...problems.flatMap((problem) => ['', ...renderProblem(problem, place, style, width, language)]),
    ...(left > 0 ? ['', `  ${render(say('problem.more', { count: left }), language)}`] : []),
    '',
  ];
}

function renderProblem(
  problem: Problem,
  file: string,
  style: Style,
  width: number,
  language: Speech,
): string[] {
  const { line, column, field, value, nearest } = problem;
  const { message, accepted } = wordsOf(problem, language);
  const words = wordsIn(language);
  const place = style.cyan(`${file}:${line}:${column}`);
  const named = style.bold(printable(field));
  const said = printable(message);
  const given =
    value === undefined || message.startsWith(value)
      ? ''
      : ` ${style.dim('·')} ${style.yellow(printable(value))}`;
  const what = field === '' ? said : words('problem.of-field', { field: named, problem: said });
  const told = (label: string, text: string) => `  ${labelled(label, text, style.dim)}`;
  return [
    `${place} ${what}${given}`,
    ...renderExcerpt(problem, style, width),
    ...(accepted === undefined ? [] : [told(words('problem.accepted'), printable(accepted))]),
    ...(nearest === undefined ? [] : [told(words('problem.meant'), style.green(printable(nearest)))]),
  ];
}

function renderExcerpt({ excerpt, line, column, length }: Problem, style: Style, width: number): string[] {
  if (excerpt.trim() === '') return [];
  const number = String(line).padStart(4);
  const text = printable(excerpt.replaceAll('\t', ' '));
  const before = displayWidth(text.slice(0, column - 1));
  const marked = Math.max(1, displayWidth(text.slice(column - 1, column - 1 + length)));
  const room = Math.max(20, width - 8);
  const carets =
    before < room
      ? [`       ${' '.repeat(before)}${style.red('^'.repeat(Math.min(marked, room - before)))}`]
      : [];
  return [`${style.dim(`${number} |`)} ${truncate(text, room)}`, ...carets];
}
