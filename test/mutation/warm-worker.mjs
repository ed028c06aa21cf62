import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** The one thread of this process, with every module that its tests have loaded so far. */
let thread;
/** Tells the worker of the present run. */
let tell;

/**
 * A worker of Vitest's that outlives the run it was made for: of a mutant, loading the tests takes a hundred times as long
 * as running them. Which mutant is active is a variable, so the modules need not be loaded again.
 */
export class WarmWorker extends EventEmitter {
  name = 'warm';
  #entry;

  constructor({ distPath }) {
    super();
    this.#entry = join(distPath, 'workers/threads.js');
  }

  start() {
    tell = (event, value) => this.emit(event, value);
    if (thread !== undefined) return;
    thread = new Worker(this.#entry, { stdout: true, stderr: true });
    thread.on('message', (message) => tell('message', message));
    thread.on('error', (error) => tell('error', error));
    thread.on('exit', () => {
      thread = undefined;
      tell('exit');
    });
    thread.unref();
  }

  send(message) {
    if (message.type === 'stop') {
      this.emit('message', { type: 'stopped', __vitest_worker_response__: true });
    } else thread?.postMessage(message);
  }

  stop() {
    this.removeAllListeners();
    this.on('error', () => undefined);
  }

  deserialize(data) {
    return data;
  }
}
