import type { StepRecord } from '../../app/towpath.ts';
import type { CurvePoint } from '../../core/curve.ts';
import { sparkline } from '../../core/text/sparkline.ts';
import type { Style } from '../output/style.ts';
import { padEnd, printable } from '../output/width.ts';
import { number } from '../output/words.ts';

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

/** One figure drawn over the steps. */
function drawn(figure: string, curve: readonly CurvePoint[], style: Style): string[] {
  const points = curve.flatMap(({ step, [figure]: value }) =>
    typeof value === 'number' ? [[step, value] as const] : [],
  );
  if (points.length < 2) return [];
  const ends = `${short(points[0]?.[1] ?? 0)} to ${short(points.at(-1)?.[1] ?? 0)}`;
  return [`  ${style.dim(padEnd(figure, 16))} ${style.cyan(sparkline(points))} ${ends}`];
}
