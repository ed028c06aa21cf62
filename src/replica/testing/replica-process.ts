import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { ReplicaClient } from '../model/client.ts';
import type { ReplicaMessage } from '../model/protocol.ts';
import type { ModelInfo, ModelSettings } from '../../llama/settings.ts';

/** The compiled program: `npm run build` makes it before the tests run. */
export const replicaProgram = fileURLToPath(
  new URL('../../../dist/app/programs/replica.js', import.meta.url),
);

export interface TestReplica {
  readonly child: ChildProcess;
  readonly client: ReplicaClient;
  readonly url: string;
  readonly info: ModelInfo;
  stop(): Promise<void>;
}

/** Starts the real replica program on a model file. Rejects with the error that the child reports. */
export async function startReplica(settings: ModelSettings): Promise<TestReplica> {
  const token = 'test-token-test-token';
  const child = fork(replicaProgram, [], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const exited = once(child, 'exit');
  child.send({ type: 'start', token, settings });
  const message = await Promise.race([
    once(child, 'message').then(([first]) => first as ReplicaMessage),
    exited.then(() => {
      throw new Error('the replica ended before it was ready');
    }),
  ]);
  if (message.type === 'failed') {
    await exited;
    throw TowpathError.fromRecord(message.error);
  }
  const url = `http://127.0.0.1:${message.port}`;
  const client = new ReplicaClient({ url, token });
  return {
    child,
    client,
    url,
    info: message.info,
    stop: async () => {
      await client.close();
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await exited;
      }
    },
  };
}

/** Looks again and again until the condition holds; the test's own time limit ends a hopeless wait. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}
