import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';

/** Longest question that is answered, in characters. */
const longestQuestion = 4000;

/**
 * A question fit to be read: trimmed, control characters turned to spaces, runs of white space to one.
 * @throws TOW_SERVE_QA_QUESTION_EMPTY when nothing is left, TOW_SERVE_QA_QUESTION_LONG over 4000 characters
 */
export function acceptQuestion(raw: string): string {
  // The length is judged first, so that a megabyte of anything costs nothing.
  if (raw.length > longestQuestion) {
    throw new TowpathError(
      'TOW_SERVE_QA_QUESTION_LONG',
      say('serve.question-long', { length: raw.length, most: longestQuestion }),
    );
  }
  const text = raw.replace(/[\p{Cs}\p{Cc}\u200b\s]+/gu, ' ').trim();
  if (text === '') throw new TowpathError('TOW_SERVE_QA_QUESTION_EMPTY', say('serve.question-empty'));
  return text;
}

/** Whether there is a letter or a digit to look for: emoji and punctuation alone ask nothing. */
export function saysSomething(question: string): boolean {
  return /[\p{L}\p{N}]/u.test(question);
}
