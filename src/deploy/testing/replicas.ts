import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { systemClock } from '../../core/clock.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { verbatim } from '../../core/messages/message.ts';
import { localTarget } from '../local/local-target.ts';
import { ReplicaSet, type ReplicaSetOptions } from '../replica-set.ts';
import type { Endpoint } from '../target.ts';
import type { Vitals } from '../vitals.ts';

export const program = fileURLToPath(new URL('replica.mjs', import.meta.url));
export const never = new AbortController().signal;

/** A path in an empty folder of its own. */
export function emptyPlace(name: string): string {
  return join(mkdtempSync(join(tmpdir(), 'towpath-deploy-')), name);
}

/** A client of the stand-in replica. */
export class TestClient {
  readonly #endpoint: Endpoint;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  async get(path: string, signal: AbortSignal = never): Promise<string> {
    try {
      const headers = { authorization: `Bearer ${this.#endpoint.token}` };
      const response = await request(`${this.#endpoint.url}${path}`, { headers, signal, reset: true });
      return await response.body.text();
    } catch (cause) {
      throw new TowpathError('TOW_SERVE_REPLICA_UNAVAILABLE', verbatim('the replica is gone'), { cause });
    }
  }

  async health(signal: AbortSignal): Promise<Vitals> {
    return JSON.parse(await this.get('/health', signal)) as Vitals;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

export function replicaSet(
  settings: Record<string, string>,
  options: Partial<ReplicaSetOptions<TestClient>> = {},
): ReplicaSet<TestClient> {
  return new ReplicaSet({
    target: localTarget(),
    spec: { program, settings },
    connect: (endpoint) => new TestClient(endpoint),
    clock: systemClock,
    count: 1,
    restarts: { first: 10, crashes: 3 },
    ...options,
  });
}

export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Looks again and again until the condition holds; the test's own time limit ends a hopeless wait. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}
