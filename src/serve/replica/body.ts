import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { TowpathError } from '../../core/errors/towpath-error.ts';

/** Prompts come from our own gateway, so this is a fuse, not a policy. */
const maxBytes = 8 << 20;

/** Reads and checks a JSON body. @throws TOW_SERVE_REPLICA_BAD_REQUEST naming the field that is wrong */
export async function readBody<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw bad(`the body is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  let value: unknown;
  try {
    value = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    throw bad('the body is not JSON', undefined, cause);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const param = issue?.path.join('.') ?? '';
  throw bad(`${param === '' ? 'the body' : param}: ${issue?.message ?? 'is not valid'}`, param);
}

function bad(message: string, param?: string, cause?: unknown): TowpathError {
  return new TowpathError('TOW_SERVE_REPLICA_BAD_REQUEST', message, {
    cause,
    ...(param && { data: { param } }),
  });
}
