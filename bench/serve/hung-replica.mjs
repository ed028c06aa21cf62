/* global AbortController, performance, setInterval */
/**
 * How long a replica that hangs stays unnoticed, and how long until another is in its place: one of two is stopped with
 * SIGSTOP while 20 clients ask and the garbage collector runs all the time. Run after `npm run build`:
 *
 *     node --expose-gc bench/serve/hung-replica.mjs MODEL.gguf [--rounds 5] [--clients 20] [--threads 1]
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { systemClock } from '../../dist/core/clock.js';
import { openTarget } from '../../dist/deploy/open-target.js';
import { ReplicaSet } from '../../dist/deploy/replica-set.js';
import { ReplicaClient } from '../../dist/replica/model/client.js';
import { ReplicaPool } from '../../dist/replica/model/pool.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    clients: { type: 'string', default: '20' },
    threads: { type: 'string', default: '1' },
  },
});
const [modelPath] = positionals;
const [rounds, clients, threads] = [values.rounds, values.clients, values.threads].map(Number);
if (modelPath === undefined || globalThis.gc === undefined) {
  process.stderr.write('usage: node --expose-gc bench/serve/hung-replica.mjs MODEL.gguf [--rounds N]\n');
  process.exit(2);
}
setInterval(() => globalThis.gc(), 50).unref();

const failed = [];
const set = new ReplicaSet({
  count: 2,
  target: openTarget('local'),
  spec: {
    program: fileURLToPath(new URL('../../dist/app/programs/replica.js', import.meta.url)),
    settings: { modelPath, threads, slots: 2, queue: 32, context: 512 },
  },
  connect: (endpoint) => new ReplicaClient(endpoint, { connections: clients + 2 }),
  clock: systemClock,
  // Each round on its own: five in two minutes would be given up, and those before it make it wait longer.
  restarts: { window: 5000 },
  observer: (event) => event.event === 'failed' && failed.push(performance.now()),
});
await set.start();
const pool = new ReplicaPool(set);
let asking = true;
const codes = new Map();
const asked = Array.from({ length: clients }, async (_, client) => {
  for (let n = 0; asking; n++) {
    const code = await ask(`Client ${client} asks for the ${n}th time about canals.`);
    codes.set(code, (codes.get(code) ?? 0) + 1);
  }
});
const rows = [];
for (let round = 0; round < rounds; round++) {
  await sleep(3000);
  const { pid } = set.status()[0];
  const [stopped, before] = [performance.now(), failed.length];
  process.kill(pid, 'SIGSTOP');
  while (failed.length === before) await sleep(20);
  const found = (failed[before] - stopped) / 1000;
  while (!set.status().every((replica) => replica.state === 'ready' && replica.pid !== pid)) await sleep(20);
  const replaced = (performance.now() - stopped) / 1000;
  rows.push({ found, replaced });
  console.log(
    `round ${round + 1}: found after ${found.toFixed(1)} s, replaced after ${replaced.toFixed(1)} s`,
  );
}
asking = false;
await Promise.all(asked);
await set.stop();
const most = (key) => Math.max(...rows.map((row) => row[key])).toFixed(1);
console.log(`at most: found ${most('found')} s, replaced ${most('replaced')} s`);
console.log(`answers: ${[...codes].map(([code, count]) => `${code} ${count}`).join(', ')}`);
process.exit(0);

async function ask(prompt) {
  try {
    let last;
    for await (const event of pool.complete({ prompt, maxTokens: 24 }, new AbortController().signal))
      last = event;
    return last?.finish === undefined ? 'cut short' : 'done';
  } catch (error) {
    return error.code;
  }
}

function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
