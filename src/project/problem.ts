import { TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import type { Ask } from './trust/ask.ts';
import { trustHint } from './trust/trust.ts';

export type Path = readonly (string | number)[];

/** One mistake in the project file, at its place. */
export interface Problem {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units, as editors count. */
  readonly column: number;
  /** How many columns the offending text takes on its line. */
  readonly length: number;
  /** `sources[0].files`; empty for the whole file. */
  readonly field: string;
  readonly message: string;
  /** The offending value as it is written, shortened; a secret is masked. */
  readonly value?: string;
  /** What would be accepted. */
  readonly accepted?: string;
  /** The known key or value that was most likely meant. */
  readonly nearest?: string;
  /** What the user's trust would mend. */
  readonly ask?: Ask;
  /** The line of the file, shortened; secrets are masked. */
  readonly excerpt: string;
}

const mostProblems = 100;

/** `['sources', 0, 'files']` as `sources[0].files`. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment === 'number') return `${text}[${segment}]`;
    const name = /^[\p{L}\p{N}_@-]+$/u.test(segment) ? segment : JSON.stringify(segment);
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

/** By place in the file; the same mistake at the same place once. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return [...problems]
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .filter(({ line, column, field, message }) => {
      const identity = JSON.stringify([line, column, field, message]);
      return !seen.has(identity) && seen.add(identity);
    });
}

/**
 * All problems of the file as one error; `data.problems` holds them for machines and for rendering. What the user's trust
 * would mend is told as one command for all of it.
 *
 * @param project what `towpath trust --project` takes
 */
export function invalidProject(
  fileName: string,
  problems: readonly Problem[],
  project: string,
): TowpathError {
  const sorted = sortProblems(problems);
  const shown = sorted.slice(0, mostProblems);
  const first = shown[0];
  const asks = sorted.flatMap(({ ask }) => (ask === undefined ? [] : [ask]));
  const count = sorted.length === 1 ? '1 problem' : `${sorted.length} problems`;
  const details = {
    ...(first && { where: `${fileName}:${first.line}:${first.column}` }),
    data: { file: fileName, count: sorted.length, problems: shown, ...(asks.length > 0 && { asks }) },
  };
  if (asks.length === 0) return new TowpathError('TOW_PROJECT_INVALID', `${fileName} has ${count}`, details);
  const hint = trustHint(project, asks);
  if (asks.length === sorted.length) {
    const what = asks.length === 1 ? 'something' : `${asks.length} things`;
    const message = `${fileName} asks for ${what} that this project is not trusted with`;
    return new TowpathError('TOW_PROJECT_UNTRUSTED', message, { ...details, hint });
  }
  const both = say('trust.hint-both', { hint });
  return new TowpathError('TOW_PROJECT_INVALID', `${fileName} has ${count}`, { ...details, hint: both });
}

/** Problems of an error made by `invalidProject`, here or in another process. */
export function problemsOf(error: TowpathError): readonly Problem[] {
  const ours = error.code === 'TOW_PROJECT_INVALID' || error.code === 'TOW_PROJECT_UNTRUSTED';
  const problems = ours ? error.data?.['problems'] : undefined;
  return Array.isArray(problems) ? (problems as Problem[]) : [];
}
