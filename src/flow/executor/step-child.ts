import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import { identifyProcess, type ProcessIdentity } from '../../core/process-identity.ts';
import type { LogSource } from '../events.ts';
import type { Json } from '../../core/canonical-json.ts';
import type { TaskListener, TaskOutcome } from './executor.ts';
import type { PlacedTask } from './placed-task.ts';
import { lineSplitter } from './lines.ts';
import { endMark, logMark, mark, type FromStep, type ToStep } from './messages.ts';

export interface ChildOptions {
  /** Path of the compiled step-process. */
  readonly program: string;
  /** Heap limit in MiB. */
  readonly memory: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds between asking a step to stop and killing its process group. */
  readonly grace: number;
}

/** How a step's process ended: as its task does, but for outputs, which are still where it wrote them. */
export type ProcessOutcome =
  | Exclude<TaskOutcome, { readonly type: 'done' }>
  | { readonly type: 'done'; readonly facts: Readonly<Record<string, Json>> };

/** Waiting for the rest of a task's output after its last message; longer means it is not coming. */
const outputWait = 1000;

/** One step process, leader of its own process group; runs one task at a time. */
export class StepChild {
  readonly identity: ProcessIdentity | undefined;
  readonly #child: ChildProcess;
  readonly #grace: number;
  readonly #exit: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly #closed: Promise<void>;
  #exited = false;
  #onLine: ((source: LogSource, line: string) => void) | undefined;
  #onMessage: ((message: FromStep) => void) | undefined;

  private constructor(child: ChildProcess, grace: number) {
    this.#child = child;
    this.#grace = grace;
    this.identity = child.pid === undefined ? undefined : identifyProcess(child.pid);
    this.#exit = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.#exited = true;
        this.#killGroup(); // what it started and left behind
        resolve({ code, signal });
      });
    });
    this.#closed = new Promise((resolve) => child.once('close', () => resolve()));
    child.on('error', () => undefined); // a failed send: the exit tells
    child.on('message', (message) => this.#onMessage?.(message as FromStep));
    for (const [stream, source] of [
      [child.stdout, 'out'],
      [child.stderr, 'err'],
    ] as const) {
      const lines = lineSplitter((line) => this.#onLine?.(source, line));
      stream?.setEncoding('utf8');
      stream?.on('data', (chunk: string) => lines.write(chunk));
      stream?.on('end', () => lines.end());
      stream?.on('error', () => undefined);
    }
  }

  /** @throws TOW_FLOW_STEP_UNSTARTABLE */
  static async start({ program, memory, env, grace }: ChildOptions): Promise<StepChild> {
    const child = fork(program, [], {
      cwd: '/',
      detached: true,
      // Results must not depend on where the machine stands.
      env: { ...env, TZ: 'UTC' },
      execArgv: [`--max-old-space-size=${String(memory)}`],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    return await new Promise((resolve, reject) => {
      child.once('error', (cause) => {
        reject(
          new TowpathError('TOW_FLOW_STEP_UNSTARTABLE', say('flow.unstartable', { program }), { cause }),
        );
      });
      child.once('spawn', () => resolve(new StepChild(child, grace)));
    });
  }

  get usable(): boolean {
    return !this.#exited && this.#child.connected;
  }

  /** Runs a task to its end. Unless `reusable`, nothing of the process is left when it settles. */
  async run(
    task: PlacedTask,
    listener: TaskListener,
    signal: AbortSignal,
  ): Promise<{ outcome: ProcessOutcome; reusable: boolean }> {
    const token = randomBytes(8).toString('hex');
    const ended = this.#listen(token, listener);
    const answer = new Promise<FromStep>((resolve) => {
      this.#onMessage = (message) => {
        if (message.type === 'progress') listener.progress(message.progress);
        else if (message.type === 'metric') listener.metric(message.point);
        else resolve(message);
      };
    });
    let why: 'cancelled' | 'timeout' | undefined;
    let kill: NodeJS.Timeout | undefined;
    const stop = (reason: 'cancelled' | 'timeout'): void => {
      if (why !== undefined) return;
      why = reason;
      this.#tell({ type: 'cancel' });
      kill = setTimeout(() => this.#killGroup(), Math.max(this.#grace, task.grace ?? 0));
    };
    const onAbort = (): void => stop('cancelled');
    const timer = setTimeout(() => stop('timeout'), task.timeout);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      if (signal.aborted) onAbort();
      else this.#tell({ type: 'run', task, token });
      const result = await Promise.race([answer, this.#exit]);
      const message = 'type' in result ? result : undefined;
      if (message) await within(outputWait, Promise.race([ended, this.#exit]));
      const clean = message?.type === 'done' && message.reusable && why === undefined && this.usable;
      if (!clean) await this.end();
      if (why !== undefined) return { outcome: { type: 'stopped', why }, reusable: false };
      if (message?.type === 'done')
        return { outcome: { type: 'done', facts: message.facts }, reusable: clean };
      if (message?.type === 'failed')
        return { outcome: { type: 'failed', error: message.error }, reusable: false };
      return { outcome: { type: 'exited', ...(await this.#exit) }, reusable: false };
    } finally {
      clearTimeout(timer);
      clearTimeout(kill);
      signal.removeEventListener('abort', onAbort);
      this.#onLine = undefined;
      this.#onMessage = undefined;
    }
  }

  /** Ends the process and all that it started; settles when it is gone and its output has been read. */
  async end(): Promise<void> {
    this.#killGroup();
    await this.#exit;
    // Somebody who left the group may hold the streams open: do not wait for them.
    await within(50, this.#closed);
  }

  /** Settles when both streams have shown the end mark of this task. */
  #listen(token: string, listener: TaskListener): Promise<void> {
    const last = endMark(token);
    let open = 2;
    return new Promise((resolve) => {
      this.#onLine = (source, line) => {
        if (line === last) {
          open -= 1;
          if (open === 0) resolve();
        } else if (line.startsWith(logMark)) listener.line('log', line.slice(logMark.length));
        else if (!line.startsWith(mark)) {
          if (line !== '') listener.line(source, line);
        }
      };
    });
  }

  #tell(message: ToStep): void {
    if (this.#child.connected) this.#child.send(message);
  }

  #killGroup(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // nobody is left
    }
  }
}

async function within(ms: number, settled: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([settled, limit]);
  clearTimeout(timer);
}
