/**
 * The replica program: a child process around one model. Its supervisor forks it with an IPC channel and sends
 * `{ type: 'start', token, settings }`; it answers `{ type: 'ready', port, info }` or `{ type: 'failed', error }`.
 * It lives only as long as that channel: when the parent dies, however it dies, so does the replica.
 */
import type { AddressInfo } from 'node:net';
import { asTowpathError, TowpathError } from '../../core/errors/towpath-error.ts';
import { say, verbatim } from '../../core/messages/message.ts';
import { issueText } from '../../core/messages/zod-issue.ts';
import { openLlamaEngine } from '../../llama/open-engine.ts';
import { startMessage, type ReplicaMessage } from './protocol.ts';
import { replicaServer } from './server.ts';

if (process.send === undefined) {
  process.stderr.write('the replica program is started by Towpath, not by hand\n');
  process.exit(2);
}

// Leaving without unloading the model is safe and quick: the kernel takes its memory back, no dispose can race.
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
// Ctrl-C in a terminal reaches the whole process group; whether and when replicas end is their supervisor's business.
process.on('SIGINT', () => undefined);

process.once('message', (message) => {
  start(message).catch((thrown: unknown) => {
    const error = asTowpathError(thrown).toRecord();
    tell({ type: 'failed', error }, () => process.exit(1));
  });
});

async function start(message: unknown): Promise<void> {
  const parsed = startMessage.safeParse(message);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const problem = issue === undefined ? say('replica.not-valid') : verbatim(issueText(issue.message));
    throw new TowpathError('TOW_SERVE_REPLICA_BAD_REQUEST', say('replica.start', { problem }), {
      data: { param: issue?.path.join('.') ?? '' },
    });
  }
  const { token, settings } = parsed.data;
  const engine = await openLlamaEngine(settings);
  const server = replicaServer(engine, token);
  server.listen(0, '127.0.0.1', () => {
    tell({ type: 'ready', port: (server.address() as AddressInfo).port, info: engine.info });
  });
}

function tell(message: ReplicaMessage, done?: () => void): void {
  process.send?.(message, undefined, undefined, done);
}
