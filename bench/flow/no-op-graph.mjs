// A graph of 200 steps that do nothing, run once and run again, by Towpath and by DVC.
//
//   npm run build && node bench/flow/no-op-graph.mjs [--steps 200] [--no-dvc]
//
// DVC is installed by pip into a virtual environment below the system's temporary folder, once. Both tools get the same
// graph: 20 chains of steps, each step writing one small file that the next one depends on; both start from nothing,
// keep what the steps write in their own store, and use as many cores as they use by themselves.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { steps: { type: 'string', default: '200' }, 'no-dvc': { type: 'boolean', default: false } },
});
const steps = Number(values.steps);
const chain = 10;

const from = (path) => import(new URL(`../../dist/${path}`, import.meta.url).href);
const { openStore } = await from('store/open.js');
const { openFlow } = await from('flow/flow.js');
const { makePlan } = await from('flow/plan.js');
const { systemClock: clock } = await from('core/clock.js');
const kinds = await import('./no-op-step.mjs');

async function towpath(kind) {
  const dir = mkdtempSync(join(tmpdir(), 'towpath-bench-'));
  const nodes = Array.from({ length: steps }, (_, n) => ({
    name: `s${n}`,
    kind,
    params: { n },
    inputs: n % chain === 0 ? {} : { before: { step: `s${n - 1}`, output: 'number' } },
  }));
  const once = async () => {
    // Everything a command does but starting Node.js: open, plan, run, close.
    const began = performance.now();
    const store = await openStore({ dir: join(dir, '.towpath'), clock });
    const flow = await openFlow({ store, clock, projectDir: dir, stateDir: join(dir, '.towpath') });
    const outcome = await flow.run(makePlan(nodes));
    await store.close();
    const ms = performance.now() - began;
    if (outcome.status !== 'done') throw outcome.error;
    const cached = [...outcome.steps.values()].filter(({ status }) => status === 'cached').length;
    return { ms, cached };
  };
  try {
    const first = await once();
    const second = await once();
    if (first.cached !== 0 || second.cached !== steps)
      throw new Error('the cache did not do what was measured');
    return { first: first.ms, second: second.ms };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function dvc() {
  const venv = join(tmpdir(), 'towpath-bench-dvc');
  const program = join(venv, 'bin', 'dvc');
  if (!existsSync(program)) {
    execFileSync('python3', ['-m', 'venv', venv], { stdio: 'inherit' });
    execFileSync(join(venv, 'bin', 'pip'), ['install', '--quiet', 'dvc==3.67.1'], {
      stdio: ['ignore', 2, 2],
    });
  }
  const dir = mkdtempSync(join(tmpdir(), 'towpath-bench-dvc-project-'));
  const env = { ...process.env, DVC_NO_ANALYTICS: '1' };
  const call = (command, args) => {
    const began = performance.now();
    const { status, stderr } = spawnSync(command, args, {
      cwd: dir,
      env,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
    return performance.now() - began;
  };
  try {
    call('git', ['init', '-q']);
    call(program, ['init', '-q']);
    call(program, ['config', 'core.analytics', 'false']);
    call(program, ['config', 'core.check_update', 'false']);
    writeFileSync(join(dir, 'seed.txt'), 'x');
    const stages = Array.from({ length: steps }, (_, n) => {
      const before = n % chain === 0 ? 'seed.txt' : `out${n - 1}.txt`;
      return `  s${n}:\n    cmd: echo ${n} > out${n}.txt\n    deps:\n    - ${before}\n    outs:\n    - out${n}.txt\n`;
    });
    writeFileSync(join(dir, 'dvc.yaml'), `stages:\n${stages.join('')}`);
    const version = execFileSync(program, ['--version'], { encoding: 'utf8' }).trim();
    return { version, first: call(program, ['repro', '-q']), second: call(program, ['repro', '-q']) };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const reused = await towpath(kinds.step);
const fresh = await towpath(kinds.freshStep);
const peer = values['no-dvc'] ? undefined : dvc();

const rows = [
  ['', 'first run', 'a step', 'cached run', 'a step'],
  ['towpath', reused],
  ['towpath, every step a fresh process', fresh],
  ...(peer ? [[`dvc ${peer.version}`, peer]] : []),
];
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
const each = (ms) => `${(ms / steps).toFixed(1)} ms`;
console.log(
  `${steps} no-op steps, ${cpus()[0]?.model ?? 'cpu'}, ${availableParallelism()} cores, Node ${process.version}`,
);
for (const [name, times, ...more] of rows) {
  const cells = more.length > 0 ? [times, ...more] : [times.first, times.first, times.second, times.second];
  const shown = more.length > 0 ? cells : cells.map((ms, at) => (at % 2 === 0 ? seconds(ms) : each(ms)));
  console.log(name.padEnd(38) + shown.map((cell) => String(cell).padStart(12)).join(''));
}
if (peer) {
  const ratio = (a, b) => `${(a / b).toFixed(1)} times`;
  console.log(
    `dvc takes, of towpath: first ${ratio(peer.first, reused.first)}, cached ${ratio(peer.second, reused.second)}`,
  );
  console.log(
    `with fresh processes:  first ${ratio(peer.first, fresh.first)}, cached ${ratio(peer.second, fresh.second)}`,
  );
}
