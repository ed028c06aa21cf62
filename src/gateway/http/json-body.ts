import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, verbatim, type Message } from '../../core/messages/message.ts';
import { issueText } from '../../core/messages/zod-issue.ts';
import { formatBytes } from '../../core/units.ts';

const maxBodyBytes = 1 << 20;
/** Deeper nesting is no question; refused before anything recursive sees it. */
const maxDepth = 64;

/**
 * Reads, parses and checks a JSON body.
 *
 * @throws TOW_SERVE_GATEWAY_MEDIA_TYPE (415), _BODY_TOO_LARGE (413) without reading the rest, or _BAD_REQUEST (400)
 * with the field in `param`
 */
export async function jsonBody<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type)) {
    const text =
      type === ''
        ? say('gateway.no-content-type')
        : say('gateway.content-type', { type: JSON.stringify(type.slice(0, 80)) });
    throw new TowpathError('TOW_SERVE_GATEWAY_MEDIA_TYPE', text);
  }
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    throw new TowpathError('TOW_SERVE_GATEWAY_MEDIA_TYPE', say('gateway.compressed'));
  }
  return checked(parsed(await text(request)), schema);
}

async function text(request: IncomingMessage): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  // Left early, the stream must stay whole: the refusal still goes out on its socket.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw bad(say('gateway.not-utf8'), undefined, cause);
  }
}

function parsed(body: string): unknown {
  if (depth(body) > maxDepth) throw bad(say('gateway.nested', { most: maxDepth }));
  try {
    return JSON.parse(body) as unknown;
  } catch (cause) {
    throw bad(say('gateway.not-json'), undefined, cause);
  }
}

function checked<T>(value: unknown, schema: z.ZodType<T>): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') ?? '';
  const problem = issue === undefined ? say('gateway.not-valid') : verbatim(issueText(issue.message));
  if (field === '') throw bad(problem);
  throw bad(say('gateway.field', { field, problem }), field);
}

/** Deepest nesting of brackets outside strings; linear, so that it may run on any text. */
export function depth(json: string): number {
  let level = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at++) {
    const letter = json[at];
    if (quoted) {
      if (letter === '\\') at++;
      else if (letter === '"') quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === '{' || letter === '[') deepest = Math.max(deepest, ++level);
    else if (letter === '}' || letter === ']') level--;
  }
  return deepest;
}

function tooLarge(): TowpathError {
  return new TowpathError(
    'TOW_SERVE_GATEWAY_BODY_TOO_LARGE',
    say('gateway.body-large', { most: formatBytes(maxBodyBytes) }),
  );
}

function bad(message: Message, param?: string, cause?: unknown): TowpathError {
  return new TowpathError('TOW_SERVE_GATEWAY_BAD_REQUEST', message, {
    cause,
    ...(param !== undefined && { data: { param } }),
  });
}
