import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, verbatim, type Message } from '../../core/messages/message.ts';
import { issueText } from '../../core/messages/zod-issue.ts';

/** Prompts come from our own gateway, so this is a fuse, not a policy. */
const maxBytes = 8 << 20;

/** Reads and checks a JSON body. @throws TOW_SERVE_REPLICA_BAD_REQUEST naming the field that is wrong */
export async function readBody<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw bad(say('replica.body-large', { most: maxBytes }));
    chunks.push(chunk);
  }
  let value: unknown;
  try {
    value = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    throw bad(say('gateway.not-json'), undefined, cause);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const param = issue?.path.join('.') ?? '';
  const field = param === '' ? say('replica.body') : param;
  const problem = issue === undefined ? say('gateway.not-valid') : verbatim(issueText(issue.message));
  throw bad(say('gateway.field', { field, problem }), param);
}

function bad(message: Message, param?: string, cause?: unknown): TowpathError {
  return new TowpathError('TOW_SERVE_REPLICA_BAD_REQUEST', message, {
    cause,
    ...(param && { data: { param } }),
  });
}
