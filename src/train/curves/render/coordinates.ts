import type { Words } from '../../../core/messages/message.ts';
import { escapeHtml } from '../../../text/escape.ts';
import type { Range } from '../../jobs/search.ts';
import type { SearchTrial, SearchTrials } from '../../search/trials.ts';
import { formatFigure, formatSetting } from '../figure.ts';
import { linearScale, logScale, type Scale } from './scale.ts';
import { shade } from './shade.ts';

const height = 320;
const top = 46;
const bottom = 18;
const side = 110;
/** Width that it takes where its axes need no more. */
const wanted = 1100;

interface Axis {
  readonly name: string;
  readonly ticks: readonly { readonly text: string; readonly at: number }[];
  /** From 0 to 1, undefined for a trial that has no value there. */
  place(trial: SearchTrial): number | undefined;
}

/** Every trial as a line across its settings to its validation loss; the best one stands out. */
export function parallelCoordinates(search: SearchTrials, label: string, words: Words): string {
  const axes = [
    ...Object.entries(search.ranges).map(([name, range]) => settingAxis(name, range)),
    lossAxis(search.trials, words),
  ];
  const gap = Math.min(300, Math.max(130, (wanted - 2 * side) / (axes.length - 1)));
  const width = Math.ceil(2 * side + (axes.length - 1) * gap);
  const x = (at: number): string => (side + at * gap).toFixed(1);
  const y = (place: number): string => (height - bottom - place * (height - top - bottom)).toFixed(1);
  const order = [...search.trials].sort((a, b) => rank(a, search) - rank(b, search));
  const lines = order.map((trial) => {
    const places = axes.flatMap((axis, at) => {
      const place = axis.place(trial);
      return place === undefined ? [] : [`${x(at)} ${y(place)}`];
    });
    return `<path class="trial ${shade(trial, search)}" d="M${places.join('L')}"><title>${escapeHtml(describe(trial, words))}</title></path>`;
  });
  const drawn = axes.map((axis, at) => axisLine(axis, x(at), y));
  return (
    `<svg class="wide" viewBox="0 0 ${String(width)} ${String(height)}" width="${String(width)}" role="img" aria-label="${escapeHtml(label)}">` +
    `${lines.join('')}${drawn.join('')}</svg>`
  );
}

function axisLine(axis: Axis, x: string, y: (place: number) => string): string {
  const ticks = axis.ticks.map(
    ({ text, at }) =>
      `<line class="axis" x1="${String(Number(x) - 4)}" x2="${x}" y1="${y(at)}" y2="${y(at)}"/>` +
      `<text class="tick halo" x="${String(Number(x) - 8)}" y="${(Number(y(at)) + 4).toFixed(1)}" text-anchor="end">${escapeHtml(short(text))}</text>`,
  );
  // A dotted name on two lines: the group above the setting.
  const [name = '', ...groups] = axis.name.split('.').reverse();
  const group = groups.reverse().join('.');
  return (
    `<line class="axis strong" x1="${x}" x2="${x}" y1="${y(0)}" y2="${y(1)}"/>${ticks.join('')}` +
    `<text class="tick" x="${x}" y="${String(top - 28)}" text-anchor="middle">${escapeHtml(group)}</text>` +
    `<text class="name" x="${x}" y="${String(top - 13)}" text-anchor="middle">${escapeHtml(name)}</text>`
  );
}

function settingAxis(name: string, range: Range): Axis {
  if (Array.isArray(range)) {
    const at = (index: number): number => (range.length === 1 ? 0.5 : index / (range.length - 1));
    return {
      name,
      ticks: range.map((value, index) => ({ text: formatSetting(value), at: at(index) })),
      place(trial) {
        const index = range.findIndex((value) => value === trial.settings[name]);
        return index < 0 ? undefined : at(index);
      },
    };
  }
  const scale = (range.scale === 'log' ? logScale : linearScale)([range.from, range.to]);
  return { name, ticks: ticksOf(scale), place: (trial) => placeOf(scale, trial.settings[name]) };
}

function lossAxis(trials: readonly SearchTrial[], words: Words): Axis {
  const scale = linearScale(trials.flatMap((trial) => trial.validation_loss ?? []));
  return {
    name: words('curves.column-validation'),
    ticks: ticksOf(scale),
    place: (trial) =>
      trial.state === 'failed' ? undefined : placeOf(scale, trial.validation_loss ?? undefined),
  };
}

function ticksOf(scale: Scale): Axis['ticks'] {
  return scale.ticks.map((tick) => ({ text: formatFigure(tick), at: scale.place(tick) }));
}

function placeOf(scale: Scale, value: number | string | boolean | undefined): number | undefined {
  return typeof value === 'number' ? scale.place(value) : undefined;
}

/** Drawn later, and so above, the better it is. */
function rank(trial: SearchTrial, { best }: SearchTrials): number {
  if (trial.number === best) return Infinity;
  const loss = trial.validation_loss ?? Infinity;
  return (trial.state === 'complete' ? 1e9 : 0) - Math.min(loss, 1e8);
}

function describe(trial: SearchTrial, words: Words): string {
  const settings = Object.entries(trial.settings).map(([name, value]) => `${name} ${formatSetting(value)}`);
  return words('curves.trial-is', {
    ...{ number: String(trial.number), state: words(`curves.${trial.state}`) },
    ...{ settings, loss: formatFigure(trial.validation_loss) },
  });
}

function short(text: string): string {
  return text.length > 12 ? `${text.slice(0, 11)}…` : text;
}
