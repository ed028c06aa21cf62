#!/usr/bin/env node
import './speaking.ts';
import { interruptible } from './interrupt.ts';
import { processOutput, type Io } from './io.ts';
import { runCli } from './run-cli.ts';

const controller = interruptible(process);
const gone = () => controller.abort(new Error('the reader of the output has gone'));
const io: Io = {
  out: processOutput(process.stdout, gone),
  err: processOutput(process.stderr, gone),
  in: process.stdin,
  env: process.env,
  cwd: process.cwd(),
  signal: controller.signal,
};

const exitCode = await runCli(process.argv.slice(2), io, {
  open: async (place, env) => (await import('../app/open.ts')).openTowpath(place, env),
  sections: async () => (await import('../app/stages.ts')).sections,
});

// Whatever is printed reaches its reader; whatever a library keeps open does not keep the command alive.
process.stdout.write('', () => process.exit(exitCode));
