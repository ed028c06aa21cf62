import { setTimeout as sleep } from 'node:timers/promises';
import { asTowpathError, type TowpathError } from '../../core/errors/towpath-error.ts';

export interface FollowLive {
  /** Name of the release that the records say is live; rejects while they cannot be relied on. */
  readonly live: () => Promise<string | undefined>;
  readonly show: (release: string) => Promise<void>;
  /** Told once for each release that could not be shown. */
  readonly failed: (release: string, error: TowpathError) => void;
  /** Told once why the records are not followed, and again when it is something else or has come back. */
  readonly unsure: (error: TowpathError) => void;
  readonly signal: AbortSignal;
  /** Milliseconds between looks. @default 500 */
  readonly interval?: number;
}

/**
 * Shows whichever release the records name, also when another process promoted or rolled back. A database that cannot
 * be read, or relied on, changes nothing: what serves, serves on. A release that could not start is not tried again until
 * the records name another.
 */
export async function followLive(options: FollowLive): Promise<void> {
  const { live, show, failed, unsure, signal, interval = 500 } = options;
  let shown: string | undefined;
  let told = '';
  while (!signal.aborted) {
    let doubt = '';
    const wanted = await live().catch((thrown: unknown) => {
      const error = asTowpathError(thrown);
      // A lock is waited for each time anew, and says nothing about what is recorded.
      if (error.code === 'TOW_STORE_DATABASE_BUSY' || signal.aborted) doubt = told;
      else doubt = `${error.code} ${error.message}`;
      if (doubt !== told) unsure(error);
      return shown;
    });
    told = doubt;
    if (wanted !== undefined && wanted !== shown) {
      shown = wanted;
      await show(wanted).catch((error: unknown) => {
        if (!signal.aborted) failed(wanted, asTowpathError(error));
      });
    }
    await sleep(interval, undefined, { signal }).catch(() => undefined);
  }
}
