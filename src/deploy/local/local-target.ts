import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Deadline } from '../../core/deadline.ts';
import { TowpathError, type ErrorRecord } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import { duration } from '../../core/messages/duration.ts';
import { crashed } from '../crashed.ts';
import type { DeployTarget, Instance, InstanceEnd, ReplicaSpec } from '../target.ts';
import { LastWords } from './last-words.ts';
import { signalGroup } from './process-group.ts';

type ChildMessage =
  | { readonly type: 'ready'; readonly port: number; readonly info: unknown }
  | { readonly type: 'failed'; readonly error: ErrorRecord };

/**
 * Runs replicas as child processes of this one, each in a process group of its own. A child holds an IPC channel: when
 * this process dies, by SIGKILL too, the channel closes and the child ends itself.
 */
export function localTarget(): DeployTarget {
  return {
    kind: 'local',
    async start(spec, { signal, log = () => undefined }): Promise<Instance> {
      signal.throwIfAborted();
      const child = fork(spec.program, [], { detached: true, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
      const running = new LocalInstance(child, log);
      try {
        return await running.ready(spec, signal);
      } catch (error) {
        await running.stop(0);
        throw error;
      }
    },
  };
}

class LocalInstance {
  readonly ended: Promise<InstanceEnd>;
  readonly #child: ChildProcess;
  readonly #lastWords: LastWords | undefined;

  constructor(child: ChildProcess, log: (line: string) => void) {
    this.#child = child;
    this.#lastWords = child.stderr === null ? undefined : new LastWords(child.stderr, log);
    // `close` comes after `exit`, once the last of the standard error was read; `error` when it never began.
    this.ended = new Promise((resolve) => {
      child.once('close', (exitCode, signal) => resolve({ exitCode, signal, lastWords: this.#words() }));
      child.once('error', (error) => resolve({ exitCode: null, signal: null, lastWords: error.message }));
    });
  }

  async ready(spec: ReplicaSpec, signal: AbortSignal): Promise<Instance> {
    const token = randomBytes(24).toString('base64url');
    const within = spec.startWithin ?? 120_000;
    const limit = new Deadline(within, signal);
    // The callback takes the error of a channel that is closed already; the end itself is reported below.
    this.#child.send({ type: 'start', token, settings: spec.settings }, () => undefined);
    const message = await Promise.race([
      once(this.#child, 'message', { signal: limit.signal }).then(
        ([first]) => first as ChildMessage,
        () => {
          signal.throwIfAborted();
          const words = this.#words();
          const message = say('deploy.not-ready', { time: duration(within) });
          throw new TowpathError('TOW_DEPLOY_REPLICA_NOT_READY', message, { data: { lastWords: words } });
        },
      ),
      this.ended.then((end) => {
        throw crashed(end, say('deploy.before-ready'));
      }),
    ]).finally(() => limit.end());
    if (message.type === 'failed') throw TowpathError.fromRecord(message.error);
    const url = `http://127.0.0.1:${message.port}`;
    return {
      pid: this.#child.pid ?? 0,
      endpoint: { url, token, info: message.info },
      ended: this.ended,
      stop: (grace) => this.stop(grace),
    };
  }

  async stop(grace: number): Promise<void> {
    const { pid } = this.#child;
    if (pid === undefined) return;
    if (grace > 0) {
      signalGroup(pid, 'SIGTERM');
      let timer: NodeJS.Timeout | undefined;
      const over = new Promise<void>((resolve) => (timer = setTimeout(resolve, grace)));
      await Promise.race([this.ended, over]);
      clearTimeout(timer);
    }
    // Whatever the leader started is in its group still: no orphan outlives it.
    signalGroup(pid, 'SIGKILL');
    await this.ended;
  }

  #words(): string {
    return this.#lastWords?.toString() ?? '';
  }
}
