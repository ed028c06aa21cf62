import { execFile, type ExecFileException } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SaidError, textOf } from '../../core/errors/towpath-error.ts';
import { say, verbatim, type Text } from '../../core/messages/message.ts';
import type { Check } from './check.ts';

/** What each native package must be able to do; run in a process of its own, because a broken one may end it. */
const probes = {
  libsql: `
    const { default: Database } = await import(url);
    const db = new Database(':memory:');
    if (db.prepare('select 1 + 1 as sum').get().sum !== 2) throw new Error('wrong sum');`,
  '@duckdb/node-api': `
    const { DuckDBInstance } = await import(url);
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run('select 1');`,
  '@lancedb/lancedb': `
    const { connect } = await import(url);
    await connect('memory://');`,
  'node-llama-cpp': `
    const { getLlama } = await import(url);
    await getLlama({ gpu: false, build: 'never', progressLogs: false, skipDownload: true });`,
} as const;

const longestMs = 30_000;

/** Did not end in time: on a busy machine, that says nothing about the package. */
class Slow extends SaidError {}

/** One check for each package that carries machine code. Two run at a time: loading is heavy on small machines. */
export function checkNativePackages(): Promise<Check>[] {
  const lanes = [Promise.resolve(), Promise.resolve()];
  return Object.entries(probes).map(([name, code], index) => {
    const check = (lanes[index % lanes.length] ?? Promise.resolve()).then(() => probe(name, code));
    lanes[index % lanes.length] = check.then(() => undefined);
    return check;
  });
}

async function probe(name: string, code: string): Promise<Check> {
  const started = performance.now();
  try {
    const url = import.meta.resolve(name);
    await runNode(`const url = ${JSON.stringify(url)};${code}\nprocess.exit(0);`);
    return {
      name,
      state: 'ok',
      found: say('doctor.loads', { time: Math.round(performance.now() - started) }),
    };
  } catch (error) {
    if (error instanceof Slow)
      return { name, state: 'warn', found: error.text, fix: say('doctor.native-slow-fix') };
    return {
      name,
      state: 'fail',
      lacks: 'machine',
      found: say('doctor.loads-not', { why: reason(error) }),
      fix: say('doctor.native-fix'),
    };
  }
}

/** From a file, not with --eval: node-llama-cpp tries its binary in a fork, which would inherit that option. */
async function runNode(code: string): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'towpath-doctor-'));
  try {
    const file = join(dir, 'probe.mjs');
    await writeFile(file, code);
    await run(file);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function run(file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { timeout: longestMs, killSignal: 'SIGKILL', maxBuffer: 1 << 20 } as const;
    execFile(process.execPath, [file], options, (error, _stdout, stderr) => {
      if (!error) resolve();
      else if (error.killed) reject(new Slow(say('doctor.silent', { seconds: longestMs / 1000 })));
      else reject(new SaidError(verbatim(lastError(stderr) ?? endOf(error))));
    });
  });
}

function endOf({ signal, message }: ExecFileException): Text {
  return signal ? say('doctor.ended-by', { signal }) : message;
}

/** The line of a stack trace that says what happened. */
function lastError(stderr: string): string | undefined {
  return stderr
    .split('\n')
    .find((line) => /^\w*Error\b/.test(line.trim()))
    ?.trim();
}

function reason(error: unknown): Text {
  const text = textOf(error);
  return typeof text === 'string' ? text.replace(/\s+/g, ' ').slice(0, 160) : text;
}
