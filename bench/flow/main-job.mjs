/* global performance */
/**
 * The main job by step: a first run, a second run, and the time until `towpath up` serves, on a fresh copy of the
 * example project.
 *
 *     npm run build && node bench/flow/main-job.mjs [project folder]
 *
 * Packages and the base model are fetched once beforehand and not counted as download: the pip cache serves them.
 */
import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const source = process.argv[2] ?? fileURLToPath(new URL('../../examples/handbook', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'towpath-main-job-'));
const project = join(folder, 'project');

try {
  await cp(source, project, { recursive: true, filter: (path) => !path.includes('.towpath') });
  await towpath(['run']);
  await rm(join(project, '.towpath'), { recursive: true });

  const first = await towpath(['run']);
  const second = await towpath(['run']);
  const up = await towpath(['up', '--port', '17411', '--no-watch'], 'serving');

  const rows = [...first.steps].map(([step, { outcome, ms }]) => ({
    step,
    'first run': `${outcome} ${seconds(ms)}`,
    'second run': second.steps.get(step)?.outcome ?? '-',
  }));
  rows.push({ step: 'whole command', 'first run': seconds(first.ms), 'second run': seconds(second.ms) });
  rows.push({ step: 'up until it serves', 'first run': '-', 'second run': seconds(up.ms) });
  console.log(`${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Node.js ${process.versions.node}`);
  console.table(Object.fromEntries(rows.map(({ step, ...rest }) => [step, rest])));
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Runs a command to its end, or until an event; milliseconds are those of the whole process. */
async function towpath(args, until) {
  const began = performance.now();
  const child = spawn(process.execPath, [cli, ...args, '--json', '--project', project], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const steps = new Map();
  let ms;
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{"event"')) continue;
    const event = JSON.parse(line);
    if (event.event === 'step-finished') steps.set(event.step, event);
    if (event.event === until) {
      ms = performance.now() - began;
      child.kill('SIGINT');
    }
  }
  const code = await exited;
  if (code !== 0) throw new Error(`towpath ${args.join(' ')} ended with ${code}`);
  return { steps, ms: ms ?? performance.now() - began };
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`;
}
