import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { TowpathError } from '../../../core/errors/towpath-error.ts';
import { formatBytes } from '../../../core/units.ts';

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
    const found = type === '' ? 'there is none' : `it is ${JSON.stringify(type.slice(0, 80))}`;
    throw new TowpathError('TOW_SERVE_GATEWAY_MEDIA_TYPE', `Content-Type must be application/json; ${found}`);
  }
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    throw new TowpathError(
      'TOW_SERVE_GATEWAY_MEDIA_TYPE',
      'a compressed body is not taken; send it as it is',
    );
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
    throw bad('the body is not UTF-8', undefined, cause);
  }
}

function parsed(body: string): unknown {
  if (depth(body) > maxDepth) throw bad(`the body is nested deeper than ${maxDepth} levels`);
  try {
    return JSON.parse(body) as unknown;
  } catch (cause) {
    throw bad('the body is not JSON', undefined, cause);
  }
}

function checked<T>(value: unknown, schema: z.ZodType<T>): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const param = issue?.path.join('.') ?? '';
  const message = issue?.message ?? 'is not valid';
  throw bad(param === '' ? message : `${param}: ${message}`, param === '' ? undefined : param);
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
    `the body is larger than ${formatBytes(maxBodyBytes)}`,
  );
}

function bad(message: string, param?: string, cause?: unknown): TowpathError {
  return new TowpathError('TOW_SERVE_GATEWAY_BAD_REQUEST', message, {
    cause,
    ...(param !== undefined && { data: { param } }),
  });
}
