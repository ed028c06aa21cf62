import type { Words } from '../../../core/messages/message.ts';
import { escapeHtml } from '../../../text/escape.ts';
import { formatFigure } from '../figure.ts';
import type { Point } from '../thin.ts';
import { linearScale, type Scale } from './scale.ts';

/** Lines in their plot's order: the last one lies on top. */
export interface Line {
  /** Shown while the pointer rests on it. */
  readonly title: string;
  readonly className: string;
  readonly points: readonly Point[];
  /** Drawn faintly behind it: what the line is the mean of. */
  readonly behind?: readonly Point[];
  /** A mark at each point, for points that are few. */
  readonly dots?: boolean;
  /** A ring around one point. */
  readonly ring?: Point;
}

const width = 520;
const height = 250;
const left = 58;
const right = 22;
const top = 14;
const bottom = 34;

/** Curves over the steps as SVG, on a `y` axis that is made for all their values. */
export function linePlot(
  lines: readonly Line[],
  label: string,
  className: string,
  axis: (values: readonly number[]) => Scale,
  words: Words,
): string {
  const all = lines.flatMap(({ points, behind = [] }) => [...points, ...behind]);
  const x = linearScale([0, ...all.map(([step]) => step)]);
  const y = axis(all.map(([, value]) => value));
  const at = ([step, value]: Point): readonly [string, string] => [
    (left + x.place(step) * (width - left - right)).toFixed(1),
    (height - bottom - y.place(value) * (height - top - bottom)).toFixed(1),
  ];
  const body = [...lines.flatMap((line) => behind(line, at)), ...lines.map((line) => front(line, at, words))];
  return (
    `<svg class="${className}" viewBox="0 0 ${String(width)} ${String(height)}" role="img" aria-label="${escapeHtml(label)}">` +
    `${grid(x, y, at, words)}${body.join('')}</svg>`
  );
}

type Place = (point: Point) => readonly [string, string];

function grid(x: Scale, y: Scale, at: Place, words: Words): string {
  const base = String(height - bottom);
  const [first = 0] = x.ticks;
  const rows = y.ticks.map((tick) => {
    const [, row] = at([first, tick]);
    return (
      `<line class="grid" x1="${String(left)}" x2="${String(width - right)}" y1="${row}" y2="${row}"/>` +
      `<text class="tick" x="${String(left - 7)}" y="${(Number(row) + 4).toFixed(1)}" text-anchor="end">${formatFigure(tick)}</text>`
    );
  });
  const columns = x.ticks.map((tick) => {
    const [column] = at([tick, 0]);
    return `<text class="tick" x="${column}" y="${String(height - bottom + 16)}" text-anchor="middle">${formatFigure(tick)}</text>`;
  });
  const middle = String((left + width - right) / 2);
  return (
    `${rows.join('')}<line class="axis" x1="${String(left)}" x2="${String(width - right)}" y1="${base}" y2="${base}"/>` +
    `${columns.join('')}<text class="tick" x="${middle}" y="${String(height - 3)}" text-anchor="middle">${words('curves.step')}</text>`
  );
}

function path(points: readonly Point[], at: Place): string {
  return `M${points.map((point) => at(point).join(' ')).join('L')}`;
}

function behind({ behind: points = [], className }: Line, at: Place): string[] {
  return points.length < 2 ? [] : [`<path class="faint ${className}" d="${path(points, at)}"/>`];
}

function front({ title, className, points, dots = false, ring }: Line, at: Place, words: Words): string {
  const drawn = points.length > 1 ? `<path class="line ${className}" d="${path(points, at)}"/>` : '';
  const marked = dots || points.length === 1 ? points : [];
  const marks = marked.map((point) => {
    const [column, row] = at(point);
    const [step, value] = point.map(formatFigure);
    const text = words('curves.point', { title, step: step ?? '', value: value ?? '' });
    return `<circle class="mark ${className}" cx="${column}" cy="${row}" r="2.4"><title>${escapeHtml(text)}</title></circle>`;
  });
  const [column, row] = ring === undefined ? [] : at(ring);
  const circle =
    ring === undefined
      ? ''
      : `<circle class="ring ${className}" cx="${String(column)}" cy="${String(row)}" r="6"/>`;
  return `<g><title>${escapeHtml(title)}</title>${drawn}${marks.join('')}${circle}</g>`;
}
