/**
 * Training speed on this machine's processor, against Hugging Face Trainer: same model, tokens, batch and precision,
 * rounds taken in turn.
 *
 *     npm run build && node bench/train/cpu-vs-trainer.mjs PYTHON TEXT.md … [--base FOLDER] [--rounds 3]
 *
 * PYTHON is that of an environment with trainer/requirements-train.txt and accelerate (`.towpath/python/train-*` of a
 * project that has trained). TEXT is what is learnt; --base a model in Hugging Face format (the `base` artifact of a run)
 * for the LoRA rows, which are left out without it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { base: { type: 'string' }, rounds: { type: 'string', default: '3' } },
});
const [python, ...texts] = positionals;
if (python === undefined || texts.length === 0) throw new Error('usage: cpu-vs-trainer.mjs PYTHON TEXT.md …');
const trainer = fileURLToPath(new URL('../../trainer/src', import.meta.url));
const peer = fileURLToPath(new URL('peer_trainer.py', import.meta.url));
const threads = availableParallelism();
const env = { ...process.env, PYTHONPATH: trainer, HF_HUB_OFFLINE: '1', OMP_NUM_THREADS: String(threads) };
const folder = mkdtempSync(join(tmpdir(), 'towpath-train-speed-'));
const rounds = Number(values.rounds);

try {
  const rows = texts.map((path, at) => ({
    id: String(at),
    split: 'train',
    text: readFileSync(path, 'utf8'),
  }));
  const file = join(folder, 'rows.jsonl');
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const table = {};
  const tokenizer = join(folder, 'tokenizer');
  run('towpath_trainer.tokenizer', [file, tokenizer, '--vocabulary', '4096']);
  const shape = { layers: 4, width: 256, heads: 4, kv_heads: 2, inner: 688, vocabulary: 4096 };
  const scratch = { source: 'scratch', method: 'full', model: { architecture: 'transformer', ...shape } };
  const small = tokens('small', tokenizer, file, 256);
  table['Llama 3.9M from scratch, 8 x 256'] = compare('scratch', { ...scratch, context: 256 }, small, {
    steps: 60,
    given: ['--tokenizer', tokenizer],
  });
  if (values.base !== undefined) {
    const large = tokens('large', values.base, file, 512);
    const job = { source: 'generator', method: 'lora', lora: { rank: 16, alpha: 32 }, context: 512 };
    table['LoRA over the base, 2 x 512'] = compare('lora', job, large, {
      ...{ steps: 8, sequences: 2, model: values.base, lora: 16 },
      given: ['--base', values.base],
    });
  }
  console.log(`${threads} threads, ${cpus()[0]?.model ?? 'unknown'}`);
  console.table(table);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function tokens(name, by, file, context) {
  const out = join(folder, name);
  run('towpath_trainer.tokenise', [
    file,
    out,
    ...`--tokenizer ${by} --shape text --context ${context}`.split(' '),
  ]);
  return out;
}

/** Median tokens per second of both, and of the ratios of rounds taken one after the other. */
function compare(name, job, shards, { steps, sequences = 8, given, model, lora }) {
  const warmUp = Math.max(2, Math.floor(steps / 6));
  const jobFile = join(folder, `${name}.json`);
  const none = 10 ** 9;
  writeFileSync(
    jobFile,
    JSON.stringify({
      ...{ name, steps, ...job, batch: { sequences, micro: sequences }, device: 'cpu', precision: 'float32' },
      ...{ validate: { every: none }, checkpoint: { every: none } },
    }),
  );
  const both = [];
  let start = model;
  for (let round = 0; round < rounds; round += 1) {
    const place = join(folder, `${name}-${round}`);
    mkdirSync(place);
    const history = join(place, 'history');
    const work = ['--work', join(place, 'work'), '--out', join(place, 'out'), '--history', history];
    run('towpath_trainer.train', [
      ...[jobFile, '--tokens', shards, ...given, ...work, '--threads', String(threads)],
    ]);
    const points = readFileSync(join(history, 'metrics.jsonl'), 'utf8').trim().split('\n').map(JSON.parse);
    const rates = points.slice(warmUp).map((point) => point.tokens_per_second);
    const ours = rates.length / rates.reduce((sum, rate) => sum + 1 / rate, 0);
    // From scratch the peer starts from the model that ours ended with: its shape is what matters.
    start ??= join(place, 'out', 'model');
    const theirs = JSON.parse(
      execFileSync(
        python,
        [
          ...[peer, start, shards, '--steps', String(steps), '--sequences', String(sequences)],
          ...['--warm-up', String(warmUp), '--threads', String(threads), '--lora', String(lora ?? 0)],
        ],
        { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
      )
        .trim()
        .split('\n')
        .at(-1),
    ).tokens_per_second;
    both.push({ ours, theirs, ratio: ours / theirs });
    console.error(`${name}, round ${round + 1}: ${ours.toFixed(0)} and ${theirs.toFixed(0)} tokens/s`);
  }
  const median = (key) => both.map((each) => each[key]).sort((a, b) => a - b)[Math.floor(both.length / 2)];
  const waited = JSON.parse(readFileSync(join(folder, `${name}-0`, 'history', 'summary.json'), 'utf8'));
  return {
    'Towpath tokens/s': Math.round(median('ours')),
    'Trainer tokens/s': Math.round(median('theirs')),
    ratio: `${(100 * median('ratio')).toFixed(1)} %`,
    'waiting for data': `${((100 * waited.waited_seconds) / waited.seconds).toFixed(2)} %`,
  };
}

function run(module, args) {
  const { status, stderr } = spawnSync(python, ['-m', module, ...args], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${module} ended with ${status}: ${String(stderr).slice(-2000)}`);
}
