import { TowpathError } from '../core/errors/towpath-error.ts';
import { isMessage, render, say, type Message, type Speech, type Text } from '../core/messages/message.ts';
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
  /** What message and accepted are made of, for readers of another language; both stand here in English. */
  readonly texts?: { readonly message?: Message; readonly accepted?: Message };
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

type Wording = Pick<Problem, 'message' | 'accepted' | 'texts'>;

/** The words of a problem as records hold them. */
export function wording(message: Text, accepted?: Text): Wording {
  const texts = { ...(isMessage(message) && { message }), ...(isMessage(accepted) && { accepted }) };
  return {
    message: render(message, 'en'),
    ...(accepted !== undefined && { accepted: render(accepted, 'en') }),
    ...(Object.keys(texts).length > 0 && { texts }),
  };
}

/** The words of a problem in the language of whoever reads it. */
export function wordsOf(problem: Wording, language: Speech): Pick<Problem, 'message' | 'accepted'> {
  const { message, accepted } = { ...problem, ...problem.texts };
  return {
    message: render(message, language),
    ...(accepted !== undefined && { accepted: render(accepted, language) }),
  };
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
  const details = {
    ...(first && { where: `${fileName}:${first.line}:${first.column}` }),
    data: { file: fileName, count: sorted.length, problems: shown, ...(asks.length > 0 && { asks }) },
  };
  const found = say('project.problems', { file: fileName, n: sorted.length });
  if (asks.length === 0) return new TowpathError('TOW_PROJECT_INVALID', found, details);
  const hint = trustHint(project, asks);
  if (asks.length === sorted.length) {
    const message = say('project.untrusted', { file: fileName, n: asks.length });
    return new TowpathError('TOW_PROJECT_UNTRUSTED', message, { ...details, hint });
  }
  const both = say('trust.hint-both', { hint });
  return new TowpathError('TOW_PROJECT_INVALID', found, { ...details, hint: both });
}

/** Problems of an error made by `invalidProject`, here or in another process. */
export function problemsOf(error: TowpathError): readonly Problem[] {
  const ours = error.code === 'TOW_PROJECT_INVALID' || error.code === 'TOW_PROJECT_UNTRUSTED';
  const problems = ours ? error.data?.['problems'] : undefined;
  return Array.isArray(problems) ? (problems as Problem[]) : [];
}
