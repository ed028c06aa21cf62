/**
 * Whether work on text is linear: doubles the input of every function that sees a source, a question or an answer and
 * prints how much more processor time twice the text takes. At most 2.6 is linear: two, and what a garbage collector adds.
 *
 *   npm run build && node bench/text/linear.mjs [--only NAME] [--input NAME] [--largest KIB] [--all]
 *
 * Every function runs in a process of its own, which is ended when one text takes more than the limit.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generators } from './generators.mjs';
import { subjects } from './subjects.mjs';

const mostRatio = 2.6;
/** Milliseconds below which a measurement is mostly noise. */
const least = 25;
const smallest = 16 * 1024;
/** Milliseconds that one text may take before its process is ended. */
const limit = 20_000;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    input: { type: 'string', default: '' },
    largest: { type: 'string', default: '512' },
    all: { type: 'boolean', default: false },
    subject: { type: 'string' },
    from: { type: 'string', default: '0' },
  },
});
const largest = Number(options.largest) * 1024;
const inputs = [...generators.keys()].filter((name) => name.includes(options.input));

if (options.subject === undefined) await compareAll();
else await measureOne(options.subject, Number(options.from));

async function compareAll() {
  const names = Object.keys(await subjects()).filter((name) => name.includes(options.only));
  let failed = 0;
  for (const name of names) {
    const rows = await inProcess(name);
    const worst = rows.reduce((most, row) => (row.ratio > most.ratio ? row : most), { ratio: 0 });
    const bad = rows.filter((row) => !(row.ratio <= mostRatio));
    failed += bad.length;
    const slowest = rows.reduce((most, row) => (row.perKib > most.perKib ? row : most), { perKib: 0 });
    const shown = `worst ratio ${figure(worst.ratio)} (${worst.input ?? '-'}), slowest ${figure(slowest.perKib)} ms/KiB (${slowest.input ?? '-'})`;
    console.log(`${bad.length > 0 ? 'FAIL' : 'ok  '} ${name}: ${shown}`);
    for (const row of options.all ? rows : bad)
      console.log(
        `       ${row.input}: ratio ${figure(row.ratio)}, ${figure(row.ms)} ms at ${row.kib} KiB ${row.error ?? ''}`,
      );
  }
  console.log(
    failed === 0 ? `all ${names.length} functions are linear` : `${failed} inputs are over ${mostRatio}`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
}

/** The rows of one function; a process that takes too long is ended and another goes on after that input. */
async function inProcess(name) {
  const rows = [];
  for (let from = 0; from < inputs.length;) {
    const at = from;
    const ended = await new Promise((resolve) => {
      const child = fork(fileURLToPath(import.meta.url), [
        ...process.argv.slice(2),
        '--subject',
        name,
        '--from',
        String(at),
      ]);
      let now = { input: inputs[at], kib: smallest / 1024 };
      const over = () => {
        child.kill('SIGKILL');
        rows.push({ ...now, ratio: Infinity, ms: limit, perKib: limit / now.kib, error: 'and not done' });
      };
      let timer = setTimeout(over, limit * 2);
      child.on('message', (message) => {
        if (message.ratio === undefined) {
          now = message;
          clearTimeout(timer);
          timer = setTimeout(over, limit);
        } else rows.push(message);
      });
      child.on('exit', (code, signal) => {
        clearTimeout(timer);
        if (code !== 0 && signal !== 'SIGKILL')
          rows.push({ ...now, ratio: Infinity, ms: NaN, perKib: 0, error: `ended with ${code ?? signal}` });
        resolve(code === 0 ? inputs.length : inputs.indexOf(now.input) + 1);
      });
    });
    from = ended;
  }
  return rows;
}

async function measureOne(name, from) {
  const run = (await subjects())[name];
  for (const input of inputs.slice(from)) {
    const row = await measured(run, input);
    await new Promise((resolve) => process.send(row, resolve));
  }
  process.disconnect();
}

/** Grows the text until its reading can be measured, then compares with half of it. */
async function measured(run, input) {
  const make = generators.get(input);
  let size = smallest;
  let ms;
  for (; ; size *= 4) {
    await new Promise((resolve) => process.send({ input, kib: size / 1024 }, resolve));
    ms = await cpuTime(run, make(size));
    if (typeof ms === 'string')
      return { input, kib: size / 1024, ms: NaN, ratio: Infinity, perKib: 0, error: ms };
    if (ms >= least || size * 4 > largest) break;
  }
  let ratio = 0;
  if (ms >= least) {
    let half = await cpuTime(run, make(size / 2));
    // What a busy machine adds once it seldom adds four times.
    for (let more = 0; more < 4 && ms > mostRatio * half; more += 1) {
      half = Math.max(half, await cpuTime(run, make(size / 2)));
      ms = Math.min(ms, await cpuTime(run, make(size)));
    }
    ratio = ms / half;
  }
  return { input, kib: size / 1024, ms, ratio, perKib: (ms / size) * 1024 };
}

/** Milliseconds of processor time; a refusal by name counts as work done, any other error is told. */
async function cpuTime(run, text) {
  // A text joined from pieces is flattened at its first use, which is not the function's work.
  text.charCodeAt(text.length - 1);
  const start = process.cpuUsage();
  try {
    await run(text);
  } catch (error) {
    const refused = error.code?.startsWith('TOW_') || error.reject !== undefined;
    if (!refused && !(error instanceof SyntaxError) && !/longer than/.test(error.message))
      return `${error.name}: ${error.message.slice(0, 80)}`;
  }
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function figure(value) {
  return Number.isFinite(value) ? value.toFixed(2) : '∞';
}
