/* global AbortController */
// Starts one replica through the compiled local target, tells its process id, and waits to be killed.
const { localTarget } = await import(process.argv[2]);
const instance = await localTarget().start(
  { program: process.argv[3], settings: { mode: 'ok' } },
  { signal: new AbortController().signal },
);
process.stdout.write(`${instance.pid}\n`);
