import type { StepRecord } from '../../app/towpath.ts';
import type { CurvePoint } from '../../core/curve.ts';
import type { Style } from '../output/style.ts';
import { padEnd, printable } from '../output/width.ts';
import { number } from '../output/words.ts';

const ramp = '▁▂▃▄▅▆▇█';
/** Columns of a drawn curve. */
const columns = 40;

/** What steps measured while they ran: for each its last point, and its loss drawn over time. */
export function curveLines(steps: readonly StepRecord[], style: Style): string[] {
  const measured = steps.flatMap(({ name, curve }) => {
    const last = curve?.at(-1);
    return curve === undefined || last === undefined ? [] : [{ name, curve, last }];
  });
  if (measured.length === 0) return [];
  return [
    '',
    style.dim('CURVES'),
    ...measured.flatMap(({ name, curve, last }) => [
      `${style.bold(printable(name))}  step ${number(last.step)}: ${figures(last)}`,
      ...['loss', 'validation_loss'].flatMap((figure) => drawn(figure, curve, style)),
    ]),
  ];
}

function figures({ step: _, ...rest }: CurvePoint): string {
  return Object.entries(rest)
    .filter(([, value]) => value !== null)
    .map(
      ([name, value]) =>
        `${printable(name)} ${typeof value === 'number' ? short(value) : printable(String(value))}`,
    )
    .join(', ');
}

function short(value: number): string {
  return Math.abs(value) >= 1000 ? number(Math.round(value)) : String(Number(value.toPrecision(4)));
}

/** One figure as a row of blocks: each the mean of its share of the points. */
function drawn(figure: string, curve: readonly CurvePoint[], style: Style): string[] {
  const values = curve.map((point) => point[figure]).filter((value) => typeof value === 'number');
  if (values.length < 2) return [];
  const width = Math.min(columns, values.length);
  const means = Array.from({ length: width }, (_, at) => {
    const part = values.slice(
      Math.floor((at * values.length) / width),
      Math.floor(((at + 1) * values.length) / width),
    );
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
  const low = Math.min(...means);
  const span = Math.max(...means) - low || 1;
  const blocks = means.map(
    (mean) => ramp[Math.min(ramp.length - 1, Math.floor(((mean - low) / span) * ramp.length))],
  );
  const ends = `${short(values[0] ?? 0)} to ${short(values.at(-1) ?? 0)}`;
  return [`  ${style.dim(padEnd(figure, 16))} ${style.cyan(blocks.join(''))} ${ends}`];
}
