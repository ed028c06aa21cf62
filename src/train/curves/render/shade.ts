import type { SearchTrial, SearchTrials } from '../../search/trials.ts';

/** Classes of a trial's line: its state, and of complete ones the quarter of the ranking that they are in. */
export function shade(trial: SearchTrial, { trials, best }: SearchTrials): string {
  if (trial.number === best) return 'best';
  if (trial.state !== 'complete') return trial.state;
  const losses = trials.flatMap((each) =>
    each.state === 'complete' ? [each.validation_loss ?? Infinity] : [],
  );
  const better = losses.filter((loss) => loss < (trial.validation_loss ?? Infinity)).length;
  return `complete q${String(Math.min(3, Math.floor((4 * better) / losses.length)))}`;
}

/** Colours, then dashes: no two of 50 lines look alike. */
export function lineClass(at: number): string {
  return `c${String(at % 10)} d${String((at + Math.floor(at / 10)) % 5)}`;
}
