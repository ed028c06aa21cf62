import { setTimeout as sleep } from 'node:timers/promises';
import { asTowpathError, type TowpathError } from '../../core/errors/towpath-error.ts';

export interface FollowLive {
  /** Name of the release that the records say is live. */
  live(): Promise<string | undefined>;
  show(release: string): Promise<void>;
  /** Told once for each release that could not be shown. */
  failed(release: string, error: TowpathError): void;
  readonly signal: AbortSignal;
  /** Milliseconds between looks. @default 500 */
  readonly interval?: number;
}

/**
 * Shows whichever release the records name, also when another process promoted or rolled back. A database that cannot
 * be read changes nothing: what serves, serves on. A release that could not start is not tried again until the records
 * name another.
 */
export async function followLive({ live, show, failed, signal, interval = 500 }: FollowLive): Promise<void> {
  let shown: string | undefined;
  while (!signal.aborted) {
    const wanted = await live().catch(() => shown);
    if (wanted !== undefined && wanted !== shown) {
      shown = wanted;
      await show(wanted).catch((error: unknown) => {
        if (!signal.aborted) failed(wanted, asTowpathError(error));
      });
    }
    await sleep(interval, undefined, { signal }).catch(() => undefined);
  }
}
