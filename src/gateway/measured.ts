import type { GatewayMetrics } from './metrics.ts';
import type { Answerer, Snapshot } from './snapshot.ts';

/** A snapshot whose answers, and what went wrong on their way, are counted, whichever route asks. */
export function measured(snapshot: Snapshot, metrics: GatewayMetrics): Snapshot {
  const { qa, release } = snapshot;
  const counting: Answerer = {
    async answer(request, options) {
      const answer = await qa.answer(request, {
        ...options,
        onTrouble: (trouble) => {
          metrics.trouble(release, trouble.part);
          options.onTrouble?.(trouble);
        },
      });
      metrics.answer(answer);
      return answer;
    },
  };
  return { ...snapshot, qa: counting };
}
