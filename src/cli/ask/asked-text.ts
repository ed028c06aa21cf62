import type { ErrorCode } from '../../core/errors/code.ts';
import { isErrorCode } from '../../core/errors/registry.ts';
import { say, verbatim, type Message } from '../../core/messages/message.ts';
import type { MessageId } from '../../core/messages/table.ts';

const texts: Partial<Record<ErrorCode, Extract<MessageId, `asked.${string}`>>> = {
  TOW_SERVE_QA_QUESTION_LONG: 'asked.long',
  TOW_SERVE_QA_QUESTION_EMPTY: 'asked.empty',
  TOW_SERVE_QA_RETRIEVAL_FAILED: 'asked.not-searched',
  TOW_SERVE_GATEWAY_BUSY: 'asked.busy',
  TOW_SERVE_GATEWAY_CONNECTIONS: 'asked.busy',
  TOW_SERVE_REPLICA_BUSY: 'asked.busy',
  TOW_SERVE_GATEWAY_DEADLINE: 'asked.deadline',
  TOW_SERVE_GATEWAY_NOT_READY: 'asked.not-ready',
  TOW_SERVE_REPLICA_UNAVAILABLE: 'asked.no-replica',
};

/**
 * A refusal of the service, in the language that was asked for. One that speaks English all the same - an older version, or
 * a refusal before the request was read - has said before it what its code means.
 */
export function askedText(words: string, code: string | undefined): Message {
  if (/\p{Script=Han}/u.test(words)) return verbatim(words);
  const text = code !== undefined && isErrorCode(code) ? texts[code] : undefined;
  return say(text ?? 'asked.said', { words });
}
