/** Maps figures to places on an axis. */
export interface Scale {
  readonly ticks: readonly number[];
  /** From 0, the low end, to 1. */
  readonly place: (value: number) => number;
}

/** An axis from the least to the most of the values, with four to ten round ticks. */
export function linearScale(values: readonly number[]): Scale {
  const [least, most] = ends(values);
  const size = Math.max(Math.abs(least), Math.abs(most));
  // Values that are as good as equal lie in the middle.
  const spare = most - least > Math.max(size * 1e-9, 1e-30) ? 0 : Math.max(size / 10, 1e-30);
  const [low, high] = [least - spare, most + spare];
  const step = roundStep((high - low) / 4);
  const first = Math.ceil((low - step * 1e-6) / step);
  const last = Math.floor((high + step * 1e-6) / step);
  return {
    ticks: Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12))),
    place: (value) => (value - low) / (high - low),
  };
}

/** A logarithmic axis; values that are not above 0 lie at its low end. Linear where all values are of one size. */
export function logScale(values: readonly number[]): Scale {
  const [least, most] = ends(values.filter((value) => value > 0));
  if (!(least > 0) || most / least < 1.5) return linearScale(values);
  const [low, high] = [Math.log10(least), Math.log10(most)];
  const apart = Math.ceil((high - low) / 8);
  const decades = Array.from(
    { length: Math.ceil((Math.ceil(high) - Math.floor(low)) / apart) + 1 },
    (_, at) => 10 ** (Math.floor(low) + at * apart),
  );
  const all = decades.flatMap((decade) =>
    factors(high - low).map((factor) => Number((factor * decade).toPrecision(3))),
  );
  const inside = all.filter((tick) => tick >= least * 0.999 && tick <= most * 1.001);
  const ticks = inside.length >= 2 ? inside : [least, most];
  return {
    ticks,
    place: (value) => (value > 0 ? (Math.log10(value) - low) / (high - low) : 0),
  };
}

/** Where the ticks of a decade are, so that an axis of so many has neither few nor a crowd of them. */
function factors(decades: number): number[] {
  if (decades > 4) return [1];
  if (decades > 1.3) return [1, 2, 5];
  return decades > 0.6 ? [1, 1.5, 2, 3, 5, 7] : [1, 1.2, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8];
}

function ends(values: readonly number[]): [number, number] {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return least <= most ? [least, most] : [0, 1];
}

/** 1, 2 or 5 times a power of ten, at most the size. */
function roundStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  return ([5, 2, 1].find((factor) => factor * power <= size * 1.001) ?? 1) * power;
}
