import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import type { SuiteAnswer } from '../../contract/suite.ts';
import { scoreAnswer } from '../metrics/answer.ts';
import { groundedness } from '../metrics/groundedness.ts';
import { passageRank } from '../metrics/retrieval.ts';
import type { QuestionResult } from '../../contract/evaluation-report.ts';
import type { SuiteEntry } from '../suite/read.ts';

const noScore = { exactMatch: 0, f1: 0, contains: 0 };
const noSentences = { sentences: 0, supported: 0, unsupported: [] };

/**
 * What one answer is worth. A declined or failed answer to a question that has one scores nought; its sentence of
 * refusal is not judged for support. A failure is no refusal: it counts against both.
 */
export function scoreQuestion(entry: SuiteEntry, given: SuiteAnswer): QuestionResult {
  const { id, file, line, language, question, passage } = entry;
  const spoke = !given.declined && given.error === undefined;
  return {
    id,
    file,
    line,
    language,
    question,
    accepted: [...entry.answers],
    shouldDecline: entry.answers.length === 0,
    answer: given.answer,
    declined: given.declined && given.error === undefined,
    ...(given.error !== undefined && { error: given.error }),
    latency: given.latency,
    ...(passage && { source: passage.source }),
    rank: (passage && passageRank(passage, given.retrieved)) ?? null,
    ...(spoke ? scoreAnswer(given.answer, entry.answers, language) : noScore),
    ...(spoke ? mutable(groundedness(given.answer, given.citations)) : noSentences),
  };
}

function mutable(found: ReturnType<typeof groundedness>): Pick<QuestionResult, keyof typeof noSentences> {
  return { ...found, unsupported: found.unsupported.map((each) => ({ ...each })) };
}

/** Scores every question. @throws TowpathError TOW_EVALUATE_ANSWERS_INVALID when one has no answer */
export function scoreQuestions(
  entries: readonly SuiteEntry[],
  answers: readonly SuiteAnswer[],
): QuestionResult[] {
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  const lacking = entries.filter((entry) => !byId.has(entry.id));
  if (lacking.length > 0) {
    const ids = [...lacking.slice(0, 5).map((entry) => entry.id), ...(lacking.length > 5 ? ['…'] : [])];
    const text = say('evaluate.unanswered', { lacking: lacking.length, all: entries.length, ids });
    throw new TowpathError('TOW_EVALUATE_ANSWERS_INVALID', text);
  }
  return entries.flatMap((entry) => {
    const answer = byId.get(entry.id);
    return answer ? [scoreQuestion(entry, answer)] : [];
  });
}
