import { availableParallelism } from 'node:os';

/*
 * LanceDB's writers of a word index each hold a thread of its processor pool while they wait for work that needs one
 * more. On a machine of two or three cores that pool has a single thread: from some 30,000 passages on, the build
 * stood still for ever. The pool is made when the native module is loaded, so this must be imported before it.
 */
const leastThreads = 4;

const writers =
  setting('LANCE_FTS_NUM_SHARDS') ?? Math.floor(Math.max(leastThreads, availableParallelism()) / 2);
const threads = Math.max(leastThreads, availableParallelism(), writers + 1);
process.env['LANCE_FTS_NUM_SHARDS'] = String(writers);
// A larger number of the user's own stays.
process.env['LANCE_CPU_THREADS'] = String(Math.max(threads, setting('LANCE_CPU_THREADS') ?? 0));

function setting(name: string): number | undefined {
  const value = Number(process.env[name]);
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
