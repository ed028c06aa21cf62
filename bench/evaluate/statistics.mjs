// Bootstrap intervals against scipy.stats.bootstrap on the same data: agreement and time.
//
//   npm run build && node bench/evaluate/statistics.mjs [--python path/to/python]
//
// Without --python a virtual environment with numpy and scipy is made in the system's temporary folder.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { seededRandom } from '../../dist/core/random.js';
import { percentileInterval, ratioInterval } from '../../dist/evaluate/statistics/interval.js';
import { sortedQuantile } from '../../dist/evaluate/statistics/quantile.js';
import { resampleQuantile } from '../../dist/evaluate/statistics/resample-quantile.js';
import { resampleDifference } from '../../dist/evaluate/statistics/resample.js';
import { ratio } from '../../dist/evaluate/statistics/sample.js';

const resamples = 10_000;
const clusters = 100;

function python() {
  const at = process.argv.indexOf('--python');
  if (at !== -1) return process.argv[at + 1];
  const venv = join(tmpdir(), 'towpath-bench-scipy');
  const path = join(venv, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (!existsSync(path)) {
    execFileSync('python3', ['-m', 'venv', venv], { stdio: 'inherit' });
    execFileSync(path, ['-m', 'pip', 'install', '--quiet', 'numpy==2.4.6', 'scipy==1.17.1'], {
      stdio: 'inherit',
    });
  }
  return path;
}

const random = seededRandom(11);
const list = (make) => Float64Array.from({ length: clusters }, make);
const ones = list(() => 1);
const f1 = list(() => (random() < 0.2 ? 0 : Math.min(1, 0.3 + random() * 0.9)));
const hits = list(() => (random() < 0.93 ? 1 : 0));
const sentences = list(() => 1 + Math.floor(random() * 4));
const supported = sentences.map((count) => Math.max(0, count - (random() < 0.15 ? 1 : 0)));
const live = f1.map((score) => (random() < 0.15 ? random() : score));
const latency = list(() => 80 + 900 * random() ** 3);
const mean = (numerators) => ({ numerators, denominators: ones });

const cases = [
  { name: 'recall, mean of 0 and 1, BCa', kind: 'ratio', ...mean(hits) },
  { name: 'F1, mean of scores, BCa', kind: 'ratio', ...mean(f1) },
  { name: 'groundedness, ratio, BCa', kind: 'ratio', numerators: supported, denominators: sentences },
  { name: 'F1 against live, paired, percentile', kind: 'difference', a: mean(f1), b: mean(live) },
  { name: 'latency p95, percentile', kind: 'quantile', values: latency, p: 0.95 },
];

function ours(each) {
  const seeded = seededRandom(7);
  if (each.kind === 'ratio') {
    const settings = { resamples, confidence: 0.95, questions: clusters };
    return { figure: ratio(each), ...ratioInterval(each, settings, seeded) };
  }
  if (each.kind === 'difference') {
    const distribution = resampleDifference(each.a, each.b, resamples, seeded);
    return { figure: ratio(each.a) - ratio(each.b), ...percentileInterval(distribution, 0.95) };
  }
  const distribution = resampleQuantile(each.values, each.p, resamples, seeded);
  return {
    figure: sortedQuantile(each.values.toSorted(), each.p),
    ...percentileInterval(distribution, 0.95),
  };
}

const plain = (_, value) => (value instanceof Float64Array ? Array.from(value) : value);
const reply = execFileSync(python(), [join(import.meta.dirname, 'scipy_bootstrap.py')], {
  input: JSON.stringify({ resamples, seeds: [7, 8, 9, 10, 11], cases }, plain),
});
const { scipy, runs } = JSON.parse(reply.toString());
const [reference, ...others] = runs;

/** The larger difference of the two ends, as a share of the width. */
const distance = (a, b) => Math.max(Math.abs(a.low - b.low), Math.abs(a.high - b.high)) / (b.high - b.low);
const percent = (share) => `${(share * 100).toFixed(1)}%`;
const show = ({ low, high }, ms) => `${low.toPrecision(4)} … ${high.toPrecision(4)}, ${ms.toFixed(0)}`;

console.log(
  `${String(clusters)} clusters, ${String(resamples)} resamples; Node.js ${process.version}, scipy ${scipy}\n`,
);
console.log(
  '| case | figure | Towpath interval, ms | scipy interval, ms | difference, share of width | scipy with other seeds |',
);
console.log('| --- | --- | --- | --- | --- | --- |');
for (const [at, each] of cases.entries()) {
  ours(each); // once to compile
  const start = performance.now();
  const found = ours(each);
  const ms = performance.now() - start;
  const scipyRuns = runs.map((run) => run[at]);
  const off = Math.min(...scipyRuns.map((other) => distance(found, other)));
  const spread = Math.max(...others.map((run) => distance(run[at], reference[at])));
  console.log(
    `| ${each.name} | ${found.figure.toPrecision(4)} | ${show(found, ms)} | ${show(reference[at], reference[at].seconds * 1000)} | ${percent(distance(found, reference[at]))} | up to ${percent(spread)} |`,
  );
  // Two runs of a bootstrap differ by chance; agreeing with none of five within 5% is an error.
  if (off > 0.05 || Math.abs(found.figure - reference[at].figure) > 1e-12) process.exitCode = 1;
}
