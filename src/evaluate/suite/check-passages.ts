import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, type Message } from '../../core/messages/message.ts';
import type { Passage } from '../../contract/passage.ts';
import { DocumentText } from './document-text.ts';
import { PassageMatcher, normaliseSource } from './passage-match.ts';
import { formatProblem, problemText, type Suite, type SuiteProblem } from './read.ts';

type Indexed = Pick<Passage, 'source' | 'text'> & Partial<Pick<Passage, 'heading'>>;

/**
 * Suite questions whose passage is not among those of the index: the source is unknown, the text is no longer in it word
 * for word, or the excerpt spreads over several passages. Each would count as a miss of the retrieval that it is not.
 */
export function unknownPassages(suites: readonly Suite[], passages: Iterable<Indexed>): SuiteProblem[] {
  const bySource = new Map<string, Indexed[]>();
  for (const passage of passages) {
    const source = normaliseSource(passage.source);
    const list = bySource.get(source);
    if (list) list.push(passage);
    else bySource.set(source, [passage]);
  }
  const texts = new Map<string, DocumentText>();
  const textOf = (source: string, there: readonly Indexed[]): DocumentText => {
    const known = texts.get(source) ?? new DocumentText(there);
    texts.set(source, known);
    return known;
  };
  const problems: SuiteProblem[] = [];
  for (const { file, line, id, passage } of suites.flatMap((suite) => suite.questions)) {
    if (!passage) continue;
    const matcher = new PassageMatcher(passage);
    const source = normaliseSource(passage.source);
    const there = bySource.get(source) ?? [];
    const found = there.some((each) => matcher.matchesText(each.text));
    if (found && textOf(source, there).holds(passage.text)) continue;
    const problem = found
      ? say('suite.altered', { source: passage.source })
      : explain(matcher, passage.source, there, bySource);
    problems.push({ file, line, message: say('suite.of-question', { id, problem }) });
  }
  return problems;
}

function explain(
  matcher: PassageMatcher,
  source: string,
  there: readonly Indexed[],
  bySource: ReadonlyMap<string, readonly Indexed[]>,
): Message {
  const elsewhere = [...bySource].find(([, list]) =>
    list.some((each) => matcher.matchesText(each.text)),
  )?.[0];
  if (there.length === 0)
    return elsewhere === undefined
      ? say('suite.no-document', { source })
      : say('suite.no-document-but', { source, elsewhere });
  if (elsewhere === undefined && matcher.overlap(there.map((each) => each.text).join('\n')) >= 0.8) {
    return say('suite.spread', { source });
  }
  return elsewhere === undefined
    ? say('suite.gone', { source })
    : say('suite.gone-but', { source, elsewhere });
}

/** @throws TowpathError TOW_EVALUATE_PASSAGE_UNKNOWN listing every question of `unknownPassages` with file and line */
export function assertPassagesKnown(suites: readonly Suite[], passages: Iterable<Indexed>): void {
  const problems = unknownPassages(suites, passages);
  const [first] = problems;
  if (first === undefined) return;
  const list = problems.map(formatProblem);
  const text = say('suite.unknown-passages', { n: problems.length, lines: problems.map(problemText) });
  throw new TowpathError('TOW_EVALUATE_PASSAGE_UNKNOWN', text, {
    where: `${first.file}:${String(first.line)}`,
    data: { problems: list },
  });
}
