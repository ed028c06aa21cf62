import { asTowpathError, TowpathError, textOf } from '../../../core/errors/towpath-error.ts';
import { say } from '../../../core/messages/message.ts';
import { rm } from 'node:fs/promises';
import { asEnvironmentError } from '../../../core/environment-error.ts';
import type { FetchOptions, ModelSource } from './source.ts';

/** A place that was tried in vain. */
export interface FailedPlace {
  readonly origin: string;
  readonly error: TowpathError;
}

/**
 * Fetches the file from the first place that has it, and tells which one that was and which failed before.
 *
 * @throws TowpathError the failure itself for a single place, TOW_TRAIN_SOURCES_FAILED with all of them for several
 */
export async function fetchModel(
  sources: readonly ModelSource[],
  target: string,
  options: FetchOptions,
): Promise<{ readonly origin: string; readonly failed: readonly FailedPlace[] }> {
  const failed: FailedPlace[] = [];
  for (const source of sources) {
    try {
      await source.fetch(target, options);
      return { origin: source.origin, failed };
    } catch (thrown) {
      options.signal.throwIfAborted();
      await rm(target, { force: true });
      const error = asTowpathError(
        asEnvironmentError(thrown, say('store.fetching', { origin: source.origin })),
      );
      // No other place is better while the disk is full.
      if (error.code === 'TOW_STORE_DISK_FULL') throw error;
      failed.push({ origin: source.origin, error });
      options.log(`${source.origin} failed: ${error.message}`);
    }
  }
  const [only] = failed;
  if (failed.length === 1 && only !== undefined) throw only.error;
  const list = failed.map(({ origin, error }) =>
    error.message.startsWith(origin)
      ? say('train.place-said', { why: textOf(error) })
      : say('train.place-failed', { origin, why: textOf(error) }),
  );
  throw new TowpathError(
    'TOW_TRAIN_SOURCES_FAILED',
    say('train.no-place', { count: failed.length, lines: list }),
    {
      data: {
        failures: failed.map(({ origin, error }) => ({ origin, code: error.code, message: error.message })),
      },
    },
  );
}
