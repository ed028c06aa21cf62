import { TowpathError } from '../../core/errors/towpath-error.ts';
import { stepsDone, type FirstRun } from '../../core/first-run.ts';

/** Where the gateway learns how far the first run is. */
export interface FirstRunSource {
  now(): FirstRun;
  /** Calls back at each change until the returned function is called. */
  watch(changed: () => void): () => void;
}

/** Why nothing can be asked while no release is live. */
export function notReady(firstRun: FirstRun | undefined): TowpathError {
  return new TowpathError('TOW_SERVE_GATEWAY_NOT_READY', `no release is live yet${reason(firstRun)}`);
}

function reason(firstRun: FirstRun | undefined): string {
  switch (firstRun?.state) {
    case undefined:
      return '';
    case 'running': {
      const { steps } = firstRun;
      const far = steps.length === 0 ? '' : `, ${stepsDone(firstRun)} of ${steps.length} steps are done`;
      return `: the first run goes on${far}`;
    }
    case 'starting':
      return `: ${firstRun.replica?.release ?? 'the first release'} is starting`;
    case 'failed':
      return `: the first run failed (${firstRun.error?.message ?? 'the service says why'})`;
    case 'cancelled':
      return ': the first run was cancelled';
  }
}
