import { isMainThread } from 'node:worker_threads';
import { asTowpathError } from '../core/errors/towpath-error.ts';
import { runTask } from './executor/run-task.ts';
import type { FromStep, ToStep } from './executor/messages.ts';

/*
 * The program of a step's process. It speaks with its engine over IPC and leads a process group of its own. When the
 * channel closes, the engine is gone: the process ends at once and takes whatever it started with it. (A step that
 * blocks the event loop in native code notices late; the next engine that opens the project ends it then.)
 */
if (!isMainThread || process.send === undefined)
  throw new Error('step-process is started by the flow engine only');

// Writes wait until the engine has read: otherwise what a talkative step prints would pile up in its own memory.
for (const stream of [process.stdout, process.stderr] as {
  _handle?: { setBlocking?(on: boolean): void };
}[]) {
  stream._handle?.setBlocking?.(true);
}

let cancel: AbortController | undefined;

process.on('disconnect', () => {
  if (cancel === undefined) process.exit(0);
  process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL');
});
// The engine decides when a step ends: a Ctrl-C that reaches the group must not leave half the story.
process.on('SIGINT', () => undefined);

process.on('message', (message: ToStep) => {
  if (message.type === 'cancel') {
    cancel?.abort(new Error('the run was cancelled'));
    return;
  }
  cancel = new AbortController();
  void runTask(message.task, message.token, cancel.signal, send)
    .catch((error: unknown): FromStep => ({ type: 'failed', error: asTowpathError(error).toRecord() }))
    .then((outcome) => {
      cancel = undefined;
      send(outcome);
    });
});

function send(message: FromStep): void {
  // A closed channel is dealt with by `disconnect`.
  process.send?.(message, undefined, undefined, () => undefined);
}
