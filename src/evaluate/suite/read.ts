import { digestBytes, type Digest } from '../../core/digest.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { render, say, type Message } from '../../core/messages/message.ts';
import { OutsideFileError, type OutsideFile } from '../../core/outside-file.ts';
import type { SuiteQuestion } from '../../contract/suite.ts';
import { readTrust, type Trust } from '../../project/trust/trust.ts';
import { decodeLines } from './decode.ts';
import { parseSuiteLine } from './line.ts';

/** A question with the place it was read from. */
export interface SuiteEntry extends SuiteQuestion {
  /** Path of the suite, relative to the project. */
  readonly file: string;
  readonly line: number;
}

export interface Suite {
  readonly path: string;
  readonly digest: Digest;
  readonly questions: readonly SuiteEntry[];
}

export interface SuiteProblem {
  readonly file: string;
  readonly line: number;
  readonly message: Message;
}

/** A suite named by its path in the project and, when it is known, by what it must contain. */
export interface SuiteReference {
  readonly path: string;
  readonly digest?: Digest | undefined;
}

/** Most bytes of one suite: some 100,000 questions with their passages. */
export const largestSuite = 256 * 2 ** 20;

/**
 * Reads a suite's bytes; `problems` holds everything that is wrong, by line.
 *
 * @param options.quotable whether problems may say what stands in the file: not of a file outside of the project
 */
export function readSuite(
  path: string,
  bytes: Uint8Array,
  { quotable = true }: { readonly quotable?: boolean } = {},
): { readonly suite: Suite; readonly problems: readonly SuiteProblem[] } {
  const questions: SuiteEntry[] = [];
  const problems: SuiteProblem[] = [];
  for (const { line, text, problem } of decodeLines(bytes)) {
    if (problem !== undefined) problems.push({ file: path, line, message: problem });
    if (text === undefined) continue;
    const parsed = parseSuiteLine(text);
    if (parsed.question) questions.push({ ...parsed.question, file: path, line });
    else if (quotable) for (const message of parsed.problems) problems.push({ file: path, line, message });
    else problems.push({ file: path, line, message: say('suite.unquoted') });
  }
  if (questions.length === 0 && problems.length === 0) {
    problems.push({ file: path, line: 1, message: say('suite.empty') });
  }
  return { suite: { path, digest: digestBytes(bytes), questions }, problems };
}

/** Ids that occur twice, in one suite or across several: answers are matched to questions by id. */
export function duplicateIds(suites: readonly Suite[]): SuiteProblem[] {
  const first = new Map<string, SuiteEntry>();
  const problems: SuiteProblem[] = [];
  for (const entry of suites.flatMap((suite) => suite.questions)) {
    const before = first.get(entry.id);
    if (before === undefined) first.set(entry.id, entry);
    else {
      const where = `${before.file}:${String(before.line)}`;
      problems.push({
        file: entry.file,
        line: entry.line,
        message: say('suite.id-again', { id: entry.id, where }),
      });
    }
  }
  return problems;
}

/**
 * Reads the suites of a project.
 *
 * @throws TowpathError TOW_EVALUATE_SUITE_UNREADABLE, TOW_EVALUATE_SUITE_CHANGED when a digest is given and differs, or
 * TOW_EVALUATE_SUITE_INVALID with every problem of every file
 */
export async function readSuites(dir: string, references: readonly SuiteReference[]): Promise<Suite[]> {
  const suites: Suite[] = [];
  const problems: SuiteProblem[] = [];
  const trust = await readTrust(dir, process.env);
  for (const reference of references) {
    const file = await openSuite(trust, reference.path);
    const read = readSuite(reference.path, await file.whole(), { quotable: file.inside });
    if (reference.digest !== undefined && read.suite.digest !== reference.digest) {
      throw new TowpathError('TOW_EVALUATE_SUITE_CHANGED', say('suite.changed', { path: reference.path }), {
        where: reference.path,
      });
    }
    suites.push(read.suite);
    problems.push(...read.problems);
  }
  problems.push(...duplicateIds(suites));
  if (problems.length > 0) throw invalidSuites(problems);
  return suites;
}

async function openSuite(trust: Trust, path: string): Promise<OutsideFile> {
  try {
    return await trust.open(path, largestSuite);
  } catch (cause) {
    const text =
      cause instanceof OutsideFileError
        ? say('suite.unreadable-why', { path, why: cause.said })
        : say('suite.unreadable', { path });
    throw new TowpathError('TOW_EVALUATE_SUITE_UNREADABLE', text, {
      where: path,
      cause,
    });
  }
}

function invalidSuites(problems: readonly SuiteProblem[]): TowpathError {
  const [first] = problems;
  const text = say('suite.problems', { n: problems.length, lines: problems.map(problemText) });
  return new TowpathError('TOW_EVALUATE_SUITE_INVALID', text, {
    ...(first && { where: `${first.file}:${String(first.line)}` }),
    data: { problems: problems.map(formatProblem) },
  });
}

/** `suite/en.jsonl:12: "answers" is missing`. */
export function problemText({ file, line, message }: SuiteProblem): Message {
  return say('suite.problem', { place: `${file}:${String(line)}`, problem: message });
}

/** The same in English, for machines. */
export function formatProblem(problem: SuiteProblem): string {
  return render(problemText(problem), 'en');
}
