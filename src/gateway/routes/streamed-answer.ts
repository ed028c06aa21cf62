import type { Answer } from '../../contract/answer.ts';
import type { AnsweredSentence, QaRequest } from '../../qa/service.ts';
import type { EventStream } from '../http/sse.ts';
import type { Answerer } from '../snapshot.ts';

/** Silence after which the stream begins even without a sentence, so that the client sees that it is heard. */
const patience = 3000;

/**
 * Asks, and sends each sentence as soon as it is there, in order. Until the first one, a failure still gets a status
 * of its own.
 */
export async function streamedAnswer(
  qa: Answerer,
  question: QaRequest,
  stream: EventStream,
  signal: AbortSignal,
  send: (sentence: AnsweredSentence) => Promise<void>,
): Promise<Answer> {
  const timer = setTimeout(() => stream.begin(), patience);
  let sent: Promise<void> = Promise.resolve();
  try {
    const onSentence = (sentence: AnsweredSentence) => {
      sent = sent.then(() => send(sentence));
      // Whoever awaits `sent` below gets the failure; until then it must not count as unhandled.
      sent.catch(() => undefined);
    };
    const answer = await qa.answer(question, { signal, onSentence });
    await sent;
    return answer;
  } finally {
    clearTimeout(timer);
  }
}
