import { z } from 'zod';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { encode, say, type Message } from '../../core/messages/message.ts';
import type { ChatMessage } from '../../contract/generator.ts';

const textPart = z.object({ type: z.literal('text'), text: z.string() });

const message = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant']),
  content: z.union([z.string(), z.array(textPart).min(1)], {
    error: encode(say('gateway.takes-text')),
  }),
});

/** A field that clients may leave out or send as null. */
function given<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? undefined);
}

/** OpenAI's chat request; fields that change nothing here (`user`, `metadata`, …) are let pass. */
export const chatBody = z.object({
  model: z.string().min(1),
  messages: z.array(message).min(1).max(256),
  stream: given(z.boolean()),
  stream_options: given(z.object({ include_usage: given(z.boolean()) })),
  max_tokens: given(z.int().min(1)),
  max_completion_tokens: given(z.int().min(1)),
  temperature: given(z.number().min(0).max(2)),
  top_p: given(z.number().gt(0).max(1)),
  seed: given(z.int()),
  stop: given(z.union([z.string(), z.array(z.string().min(1)).max(4)])),
  n: given(z.int()),
  logprobs: given(z.boolean()),
  tools: given(z.array(z.unknown())),
  response_format: given(z.object({ type: z.string() })),
});

export type ChatBody = z.output<typeof chatBody>;

/** Refuses what would silently not happen. @throws TOW_SERVE_GATEWAY_BAD_REQUEST naming the field */
export function refuseUnsupported(body: ChatBody): void {
  if ((body.n ?? 1) !== 1) throw unsupported('n', say('gateway.one-choice'));
  if (body.logprobs === true) throw unsupported('logprobs', say('gateway.no-logprobs'));
  if ((body.tools?.length ?? 0) > 0) throw unsupported('tools', say('gateway.no-tools'));
  if (body.response_format !== undefined && body.response_format.type !== 'text') {
    throw unsupported('response_format', say('gateway.only-text'));
  }
}

export function messagesOf(body: ChatBody): ChatMessage[] {
  return body.messages.map(({ role, content }) => ({
    role: role === 'developer' ? 'system' : role,
    content: typeof content === 'string' ? content : content.map((part) => part.text).join(''),
  }));
}

/** The last thing the user said. @throws TOW_SERVE_GATEWAY_BAD_REQUEST when the user said nothing */
export function questionOf(body: ChatBody): string {
  const last = messagesOf(body).findLast((candidate) => candidate.role === 'user');
  if (last === undefined) throw unsupported('messages', say('gateway.no-question'));
  return last.content;
}

function unsupported(param: string, message: Message): TowpathError {
  return new TowpathError('TOW_SERVE_GATEWAY_BAD_REQUEST', message, { data: { param } });
}
