/* global AbortController, performance */
/**
 * A replica (child process, HTTP, supervised client) against bare llama.cpp through its binding in this process:
 * the same model, threads, sequences and prompts; rounds of the two alternate, and the ratio is taken round by round,
 * so that whatever else the machine does weighs on both. Run after `npm run build`:
 *
 *     node bench/serve/replica-vs-bare.mjs MODEL.gguf [--rounds 5] [--tokens 64] [--threads N]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { getLlama, LlamaLogLevel } from 'node-llama-cpp';
import { ReplicaClient } from '../../dist/replica/model/client.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    tokens: { type: 'string', default: '64' },
    threads: { type: 'string', default: String(availableParallelism()) },
  },
});
const [modelPath] = positionals;
if (modelPath === undefined) {
  process.stderr.write(
    'usage: node bench/serve/replica-vs-bare.mjs MODEL.gguf [--rounds N] [--tokens N] [--threads N]\n',
  );
  process.exit(2);
}
const [rounds, maxTokens, threads] = [values.rounds, values.tokens, values.threads].map(Number);
const slots = 8;
const context = 512;

const subjects = ['canals', 'locks', 'barges', 'aqueducts', 'tunnels', 'horses', 'bridges', 'reservoirs'];
/** Prompts begin differently, so that neither side can reuse the state of another. */
const promptOf = (client, round) =>
  `${subjects[client % subjects.length]} ${round}: a long and careful essay about them, their builders, ` +
  'the goods that were carried, the towns that grew beside them, and what is left of them today.\n\n';

const bare = await openBare();
const replica = await openReplica();
await measure(bare, 1, -1);
await measure(replica, 1, -2);

const rows = [];
for (const clients of [1, 8]) {
  const pairs = [];
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? [bare, replica] : [replica, bare];
    const pair = {};
    for (const side of order) pair[side.name] = await measure(side, clients, clients * 1000 + round);
    pairs.push(pair);
    process.stderr.write(`${clients} clients, round ${round + 1} of ${rounds}\n`);
  }
  rows.push(row(clients, pairs));
}
await bare.close();
await replica.close();

process.stdout.write(
  `${modelPath.split('/').at(-1)}, ${threads} threads, ${slots} sequences, ${maxTokens} tokens, ` +
    `${rounds} rounds, Node.js ${process.version}; medians, ratios by round\n\n`,
);
process.stdout.write(
  '| clients | bare tok/s | replica tok/s | replica/bare | bare TTFT ms | replica TTFT ms | added ms |\n',
);
process.stdout.write('| ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n');
for (const cells of rows) process.stdout.write(`| ${cells.join(' | ')} |\n`);
process.exit(0);

function row(clients, pairs) {
  const of = (side, key) => median(pairs.map((pair) => pair[side][key]));
  const ratio = median(pairs.map((pair) => pair.replica.rate / pair.bare.rate));
  const added = median(pairs.map((pair) => pair.replica.first - pair.bare.first));
  return [
    clients,
    of('bare', 'rate').toFixed(1),
    of('replica', 'rate').toFixed(1),
    `${(ratio * 100).toFixed(1)} %`,
    of('bare', 'first').toFixed(1),
    of('replica', 'first').toFixed(1),
    added.toFixed(1),
  ];
}

/** One round: every client asks once, all at the same time. */
async function measure(side, clients, round) {
  const began = performance.now();
  const done = await Promise.all(
    Array.from({ length: clients }, (_, client) => side.complete(promptOf(client, round), client)),
  );
  const took = (performance.now() - began) / 1000;
  const tokens = done.reduce((sum, { count }) => sum + count, 0);
  return { rate: tokens / took, first: median(done.map(({ first }) => first)) };
}

async function openBare() {
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    maxThreads: threads,
    logLevel: LlamaLogLevel.error,
  });
  const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
  const made = await model.createContext({ contextSize: context, sequences: slots, threads, batchSize: 512 });
  const sequences = Array.from({ length: slots }, () => made.getSequence());
  return {
    name: 'bare',
    async complete(prompt, client) {
      const began = performance.now();
      const sequence = sequences[client];
      await sequence.clearHistory();
      let count = 0;
      let first = 0;
      for await (const token of sequence.evaluate(model.tokenize(prompt, true), { temperature: 0 })) {
        model.detokenize([token]);
        if (count++ === 0) first = performance.now() - began;
        if (count >= maxTokens) break;
      }
      return { count, first };
    },
    close: () => llama.dispose(),
  };
}

async function openReplica() {
  const child = fork(new URL('../../dist/app/programs/replica.js', import.meta.url), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const token = 'bench-token-bench-token';
  child.send({ type: 'start', token, settings: { modelPath, threads, slots, queue: slots, context } });
  const [message] = await once(child, 'message');
  if (message.type !== 'ready') throw new Error(message.error.message);
  const client = new ReplicaClient({ url: `http://127.0.0.1:${message.port}`, token });
  const { signal } = new AbortController();
  return {
    name: 'replica',
    async complete(prompt) {
      const began = performance.now();
      let first = 0;
      let count = 0;
      for await (const event of client.complete({ prompt, maxTokens }, signal)) {
        if (event.text !== undefined && first === 0) first = performance.now() - began;
        if (event.usage !== undefined) count = event.usage.completionTokens;
      }
      return { count, first };
    },
    async close() {
      await client.close();
      child.kill();
    },
  };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
