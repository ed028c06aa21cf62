import type { Answer } from '../../src/contract/answer.ts';
import type { ServiceProgress } from '../../src/contract/first-run.ts';
import { EventParser } from './sse.ts';

export interface Failure {
  readonly message: string;
  readonly code: string;
  /** 0 when the service was not reached. */
  readonly status: number;
}

export class AskError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Asks, telling each sentence as it comes. @throws AskError, or the signal's reason */
export async function ask(
  question: string,
  onSentence: (text: string) => void,
  signal: AbortSignal,
): Promise<Answer> {
  const response = await reach('/v1/qa', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ question }),
    signal,
  });
  if (!response.ok || response.body === null) throw new AskError(await failureOf(response));
  const parser = new EventParser();
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await read(reader, signal);
    if (done) throw new AskError({ message: '', code: 'interrupted', status: response.status });
    for (const { event, data } of parser.push(decoder.decode(value, { stream: true }))) {
      const parsed = JSON.parse(data) as { text: string } & Answer & { error: Failure };
      if (event === 'sentence') onSentence(parsed.text);
      else if (event === 'answer') return parsed;
      else if (event === 'error') throw new AskError({ ...parsed.error, status: response.status });
    }
  }
}

/**
 * Tells what the service says of itself, as it changes, until the first run has ended or a release is live.
 * @throws when the service cannot be reached or goes away
 */
export async function followService(
  signal: AbortSignal,
  onProgress: (progress: ServiceProgress) => void,
): Promise<void> {
  const response = await fetch('/v1/progress', { headers: { accept: 'text/event-stream' }, signal });
  if (!response.ok || response.body === null) throw new AskError(await failureOf(response));
  const parser = new EventParser();
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    for (const { data } of parser.push(decoder.decode(value, { stream: true }))) {
      onProgress(JSON.parse(data) as ServiceProgress);
    }
  }
}

async function reach(path: string, init: RequestInit & { signal: AbortSignal }): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (init.signal.aborted) throw error;
    throw new AskError({ message: '', code: 'unreachable', status: 0 });
  }
}

async function read(reader: ReadableStreamDefaultReader<Uint8Array>, signal: AbortSignal) {
  try {
    return await reader.read();
  } catch (error) {
    if (signal.aborted) throw error;
    throw new AskError({ message: '', code: 'interrupted', status: 0 });
  }
}

async function failureOf(response: Response): Promise<Failure> {
  try {
    const { error } = (await response.json()) as { error: { message: string; code: string } };
    return { message: error.message, code: error.code, status: response.status };
  } catch {
    return { message: response.statusText, code: `http_${response.status}`, status: response.status };
  }
}
