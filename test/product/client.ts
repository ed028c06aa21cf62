import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../../src/contract/answer.ts';
import { withDeadline } from '../../src/core/deadline.ts';

export interface Reply {
  readonly status: number;
  readonly body: Answer & { readonly error?: { readonly message: string; readonly code: string } };
}

/** Puts a question to a service, as a program does that knows nothing but its address. */
export async function put(url: string, question: string, signal?: AbortSignal): Promise<Reply> {
  return await withDeadline(20_000, signal, async (limited) => {
    const response = await fetch(new URL('/v1/qa', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ question }),
      signal: limited,
    });
    return { status: response.status, body: (await response.json()) as Reply['body'] };
  });
}

/** What `GET path` answers. */
export async function look(url: string, path: string): Promise<{ status: number; text: string }> {
  return await withDeadline(5000, undefined, async (signal) => {
    const response = await fetch(new URL(path, url), { signal });
    return { status: response.status, text: await response.text() };
  });
}

const most = 2000;

/** A client that asks one question after the other until told to stop; at most 2000. */
export class BusyClient {
  readonly replies: Reply[] = [];
  readonly failures: unknown[] = [];
  #stopped = false;
  readonly #loop: Promise<void>;

  constructor(url: string, questions: readonly string[]) {
    this.#loop = this.#ask(url, questions);
  }

  async #ask(url: string, questions: readonly string[]): Promise<void> {
    for (let at = 0; at < most && !this.#stopped; at += 1) {
      try {
        this.replies.push(await put(url, questions[at % questions.length] ?? ''));
      } catch (error) {
        this.failures.push(error);
      }
      // Leaves the machine time for what is meant to happen meanwhile.
      await sleep(20);
    }
  }

  /** Lets the question under way end; gives every answer. */
  async stop(): Promise<readonly Reply[]> {
    this.#stopped = true;
    await this.#loop;
    return this.replies;
  }
}
