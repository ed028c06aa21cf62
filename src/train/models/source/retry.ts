import { setTimeout as sleep } from 'node:timers/promises';
import { TowpathError } from '../../../core/errors/towpath-error.ts';
import { say } from '../../../core/messages/message.ts';
import { Transient } from './hub-request.ts';

export interface RetryPolicy {
  /** Tries in a row that may bring nothing. */
  readonly fruitless: number;
  /** Tries altogether. */
  readonly most: number;
  /** Milliseconds before the second try; doubled each time after. */
  readonly delay: number;
  /** The longest wait between two tries, whatever the server asks for. */
  readonly longest: number;
}

export const hubRetries: RetryPolicy = { fruitless: 5, most: 100, delay: 500, longest: 30_000 };

/**
 * Tries again after a `Transient` failure, with growing waits. `fruits` is read after each failure: while it grows,
 * the count of fruitless tries starts over, so that a bad line that keeps moving gets there.
 */
export async function retrying<T>(
  work: () => Promise<T>,
  {
    fruits,
    policy,
    signal,
    log,
  }: { fruits: () => number; policy: RetryPolicy; signal: AbortSignal; log: (line: string) => void },
): Promise<T> {
  let had = fruits();
  let fruitless = 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (thrown) {
      signal.throwIfAborted();
      if (!(thrown instanceof Transient)) throw thrown;
      fruitless = fruits() > had ? 1 : fruitless + 1;
      had = fruits();
      if (fruitless >= policy.fruitless || attempt >= policy.most) {
        throw new TowpathError(
          'TOW_TRAIN_SOURCE_UNREACHABLE',
          say('train.tries', { why: thrown.text, tries: attempt }),
          {
            cause: thrown.cause,
          },
        );
      }
      const wait = Math.min(thrown.wait ?? policy.delay * 2 ** (fruitless - 1), policy.longest);
      log(`${thrown.message}; trying again in ${String(Math.ceil(wait / 1000))} s`);
      await sleep(wait, undefined, { signal });
    }
  }
}
