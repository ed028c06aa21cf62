import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { TowpathError } from '../../src/core/errors/towpath-error.ts';
import { openTarget } from '../../src/deploy/open-target.ts';
import { ReplicaSet } from '../../src/deploy/replica-set.ts';
import type { ReplicaEvent } from '../../src/deploy/supervised-replica.ts';
import { alive, until } from '../../src/deploy/testing/replicas.ts';
import { ReplicaClient } from '../../src/replica/model/client.ts';
import { ReplicaPool } from '../../src/replica/model/pool.ts';
import { replicaProgram } from '../../src/replica/testing/replica-process.ts';
import { writeTinyModel } from '../../src/llama/testing/tiny-model.ts';

/** Answers that an asker may get of a service that has lost a replica. */
const truthful = ['TOW_SERVE_REPLICA_UNAVAILABLE', 'TOW_SERVE_REPLICA_BUSY', 'TOW_DEPLOY_NO_REPLICA'];

interface Outcome {
  readonly begun: boolean;
  readonly error?: unknown;
}

async function askOnce(pool: ReplicaPool, prompt: string): Promise<Outcome> {
  let begun = false;
  try {
    let finished = false;
    for await (const event of pool.complete({ prompt, maxTokens: 24 }, new AbortController().signal)) {
      // What was begun by one replica is never begun anew by another.
      if (finished) throw new Error('text after the end');
      begun = true;
      finished = event.finish !== undefined;
    }
    return { begun };
  } catch (error) {
    return { begun, error };
  }
}

test(
  'a replica that is stopped under 20 clients is found, told of and replaced',
  { timeout: 180_000 },
  async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const settings = { modelPath: writeTinyModel(), threads: 1, slots: 2, queue: 32, context: 512 };
    const events: ReplicaEvent[] = [];
    const set = new ReplicaSet({
      count: 2,
      target: openTarget('local'),
      spec: { program: replicaProgram, settings },
      connect: (endpoint) => new ReplicaClient(endpoint, { connections: 34 }),
      clock: systemClock,
      observer: (event) => events.push(event),
    });
    await set.start();
    const pool = new ReplicaPool(set);
    const collecting = setInterval(collect, 50);
    const outcomes: Outcome[] = [];
    let asking = true;
    const clients = Array.from({ length: 20 }, async (_, client) => {
      for (let n = 0; asking; n++) {
        outcomes.push(await askOnce(pool, `client ${String(client)} asks ${String(n)}`));
        await sleep(20);
      }
    });
    try {
      await until(() => outcomes.length >= 40);
      const [hung] = set.status();
      const pid = hung?.pid ?? 0;
      process.kill(pid, 'SIGSTOP');
      await until(() => !alive(pid) && set.status().every(({ state }) => state === 'ready'));
      const replaced = outcomes.length;
      await until(() => outcomes.length >= replaced + 40);
    } finally {
      asking = false;
      await Promise.all(clients);
      clearInterval(collecting);
      await set.stop();
    }
    const failures = outcomes.filter(({ error }) => error !== undefined);
    for (const { error } of failures) {
      expect(error).toBeInstanceOf(TowpathError);
      expect(truthful).toContain((error as TowpathError).code);
    }
    // Before its first word another replica takes a request over, if there is one.
    const lost = failures.filter(
      ({ error, begun }) => !begun && (error as TowpathError).code !== 'TOW_DEPLOY_NO_REPLICA',
    );
    expect(lost).toEqual([]);
    expect(events.filter(({ event }) => event === 'failed')).toMatchObject([
      { error: { code: 'TOW_DEPLOY_REPLICA_HUNG' }, retryIn: 500 },
    ]);
  },
);
