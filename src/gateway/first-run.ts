import { TowpathError } from '../core/errors/towpath-error.ts';
import { say, type Message } from '../core/messages/message.ts';
import { stepsDone, type FirstRun } from '../contract/first-run.ts';

/** Where the gateway learns how far the first run is. */
export interface FirstRunSource {
  now(): FirstRun;
  /** Calls back at each change until the returned function is called. */
  watch(changed: () => void): () => void;
}

/** Why nothing can be asked while no release is live. */
export function notReady(firstRun: FirstRun | undefined): TowpathError {
  const why = reason(firstRun);
  const text = why === undefined ? say('serve.no-release') : say('serve.no-release-but', { why });
  return new TowpathError('TOW_SERVE_GATEWAY_NOT_READY', text);
}

function reason(firstRun: FirstRun | undefined): Message | undefined {
  switch (firstRun?.state) {
    case undefined:
      return undefined;
    case 'running': {
      const { steps } = firstRun;
      return steps.length === 0
        ? say('serve.first-run')
        : say('serve.first-run-at', { done: stepsDone(firstRun), all: steps.length });
    }
    case 'starting':
      return say('serve.release-starting', {
        release: firstRun.replica?.release ?? say('serve.first-release'),
      });
    case 'failed':
      return say('serve.first-run-failed', {
        why: firstRun.error?.texts?.message ?? firstRun.error?.message ?? say('serve.says-why'),
      });
    case 'cancelled':
      return say('serve.first-run-cancelled');
  }
}
