import type { StepRecord } from '../../app/records/run.ts';
import type { CurvePoint } from '../../contract/curve.ts';
import type { Words } from '../../core/messages/message.ts';
import { sparkline } from '../../text/sparkline.ts';
import type { Style } from '../output/style.ts';
import { padEnd, printable } from '../output/width.ts';
import { factName } from '../progress/facts.ts';
import { number } from '../output/words.ts';

/** What steps measured while they ran: for each its last point, and its loss drawn over time. */
export function curveLines(steps: readonly StepRecord[], style: Style, words: Words): string[] {
  const measured = steps.flatMap(({ name, curve }) => {
    const last = curve?.at(-1);
    return curve === undefined || last === undefined ? [] : [{ name, curve, last }];
  });
  if (measured.length === 0) return [];
  return [
    '',
    style.dim(words('show.curves')),
    ...measured.flatMap(({ name, curve, last }) => [
      `${style.bold(printable(name))}  ${words('show.curve-step', { step: number(last.step), figures: figures(last, words) })}`,
      ...['loss', 'validation_loss'].flatMap((figure) => drawn(figure, curve, style, words)),
    ]),
  ];
}

function figures({ step: _, ...rest }: CurvePoint, words: Words): string[] {
  return Object.entries(rest)
    .filter(([, value]) => value !== null)
    .map(
      ([name, value]) =>
        `${printable(factName(name, words))} ${typeof value === 'number' ? short(value) : printable(String(value))}`,
    );
}

function short(value: number): string {
  return Math.abs(value) >= 1000 ? number(Math.round(value)) : String(Number(value.toPrecision(4)));
}

/** One figure drawn over the steps. */
function drawn(figure: string, curve: readonly CurvePoint[], style: Style, words: Words): string[] {
  const points = curve.flatMap(({ step, [figure]: value }) =>
    typeof value === 'number' ? [[step, value] as const] : [],
  );
  if (points.length < 2) return [];
  const ends = { from: short(points[0]?.[1] ?? 0), to: short(points.at(-1)?.[1] ?? 0) };
  const name = padEnd(factName(figure, words), 16);
  return [`  ${style.dim(name)} ${style.cyan(sparkline(points))} ${words('show.from-to', ends)}`];
}
