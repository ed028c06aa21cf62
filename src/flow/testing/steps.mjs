import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { suffix } from './suffix.mjs';

/** Writes its text and what its inputs hold; leaves a line in keep/executions when it ends. */
export const step = {
  name: 'test.join',
  module: import.meta.url,
  params: z.strictObject({ text: z.string(), sleep: z.number().default(0) }),
  inputs: [],
  optionalInputs: ['a', 'b', 'c'],
  outputs: ['text'],
  async run({ params, inputs, outputs, keepDir, progress, metric, log, random }) {
    log(`joining ${params.text}`);
    for (const step of [1, 2, 2]) metric({ step, length: params.text.length * step });
    progress({ done: 0, total: 1, unit: 'files' });
    if (params.sleep > 0) await sleep(params.sleep);
    const parts = Object.keys(inputs)
      .sort()
      .map((name) => readFileSync(inputs[name].path, 'utf8'));
    await writeFile(outputs.text, `${[params.text + suffix, ...parts].join('(')}${')'.repeat(parts.length)}`);
    appendFileSync(join(keepDir, 'executions'), `${params.text}\n`);
    progress({ done: 1, total: 1, unit: 'files' });
    return { parts: parts.length, drawn: Math.floor(random() * 1000) };
  },
};

/** Does what no step should. */
export const bad = {
  name: 'test.bad',
  module: import.meta.url,
  exportName: 'bad',
  params: z.strictObject({ how: z.string(), file: z.string().default('') }),
  inputs: [],
  optionalInputs: ['a'],
  outputs: ['text'],
  timeout: 60_000,
  memory: 64,
  async run({ params, outputs, scratch, signal, log }) {
    switch (params.how) {
      case 'throw':
        console.log('about to fail');
        await writeFile(join(scratch, 'found'), 'half');
        throw new TypeError('the moon is full');
      case 'exit':
        process.exit(7);
        break;
      case 'abort':
        process.abort();
        break;
      case 'link':
        await symlink('/etc/passwd', outputs.text);
        return;
      case 'no output':
        return;
      case 'memory': {
        log('working on docs/big.txt (191 MiB)');
        const held = [];
        for (;;) held.push(new Array(100_000).fill(held.length));
      }
      case 'killed once':
        if (!existsSync(params.file)) {
          await writeFile(params.file, '');
          process.kill(process.pid, 'SIGKILL');
        }
        break;
      case 'killed always':
        process.kill(process.pid, 'SIGKILL');
        await sleep(10_000);
        break;
      case 'grandchild': {
        const child = spawn('sleep', ['300'], { stdio: 'inherit' });
        await writeFile(params.file, String(child.pid));
        break;
      }
      case 'stubborn':
        signal.addEventListener('abort', () => console.log('never'));
        await writeFile(params.file, String(process.pid));
        for (;;) await sleep(1000);
      case 'chatty':
        for (let at = 0; at < 150_000; at += 1) console.log(`line ${at} ${'x'.repeat(80)}`);
        break;
      case 'changes the environment':
        process.env.CHANGED = 'yes';
        break;
    }
    await writeFile(outputs.text, `${process.pid} ${process.env.CHANGED ?? ''} ${process.env.TZ}`);
  },
};

export const alone = { ...bad, name: 'test.alone', exportName: 'alone', cores: 'all', memory: 128 };
export const hasty = { ...bad, name: 'test.hasty', exportName: 'hasty', timeout: 300 };

/** Passes whatever it is given, in the same words. */
export const verdict = {
  ...step,
  name: 'test.verdict',
  exportName: 'verdict',
  params: z.strictObject({}),
  async run({ outputs }) {
    await writeFile(outputs.text, 'passed');
  },
};
