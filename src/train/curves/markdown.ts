import { escapeMarkdown } from '../../core/text/escape.ts';
import { formatDuration } from '../../core/units.ts';
import type { SearchTrials } from '../search/trials.ts';
import { formatFigure, formatSetting } from './figure.ts';
import type { JobHistory } from './history.ts';
import { jobCells, jobColumns } from './job-row.ts';
import { rankedTrials } from './render/tables.ts';
import type { CurvesReport } from './report.ts';
import type { Point } from './thin.ts';

const ramp = '▁▂▃▄▅▆▇█';
const columns = 40;
/** Trials in the table; the page has them all. */
const mostTrials = 20;

/** The curves as Markdown that fits a merge request. */
export function renderMarkdown({ jobs, search }: CurvesReport): string {
  const parts = ['## Training', jobTable(jobs), ...jobs.flatMap(drawn)];
  if (search !== undefined) parts.push(`### Search of ${escapeMarkdown(search.job)}`, trialTable(search));
  return `${parts.join('\n\n')}\n`;
}

function jobTable(jobs: readonly JobHistory[]): string {
  const rows = jobs.map((job) =>
    row([`**${escapeMarkdown(job.name)}**`, ...jobCells(job).map((cell) => escapeMarkdown(cell))]),
  );
  return [row(jobColumns), row(jobColumns.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows].join('\n');
}

function drawn({ name, curves }: JobHistory): string[] {
  const lines = [
    ['training loss  ', curves.loss.points],
    ['validation loss', curves.validation_loss.points],
  ] as const;
  const shown = lines.flatMap(([title, points]) =>
    points.length < 2 ? [] : [`${title}  ${sparkline(points)}  ${ends(points)}`],
  );
  return shown.length === 0 ? [] : [`${escapeMarkdown(name)}:\n\n\`\`\`text\n${shown.join('\n')}\n\`\`\``];
}

function ends(points: readonly Point[]): string {
  return `${formatFigure(points[0]?.[1])} to ${formatFigure(points.at(-1)?.[1])}`;
}

/** A curve as a row of blocks over equal stretches of steps, each the mean of its stretch. */
export function sparkline(points: readonly Point[], width: number = columns): string {
  const first = points[0]?.[0] ?? 0;
  const span = (points.at(-1)?.[0] ?? 0) - first || 1;
  const count = Math.min(width, points.length);
  const parts = Array.from({ length: count }, (): number[] => []);
  for (const [step, value] of points)
    parts[Math.min(count - 1, Math.floor(((step - first) / span) * count))]?.push(value);
  const values = parts.map((part) =>
    part.length === 0 ? undefined : part.reduce((sum, value) => sum + value, 0) / part.length,
  );
  const known = values.filter((value) => value !== undefined);
  const low = Math.min(...known);
  const size = Math.max(...known) - low || 1;
  return values
    .map((value) =>
      value === undefined
        ? ' '
        : ramp[Math.min(ramp.length - 1, Math.floor(((value - low) / size) * ramp.length))],
    )
    .join('');
}

function trialTable(search: SearchTrials): string {
  const names = Object.keys(search.ranges);
  const head = ['trial', 'state', 'validation loss', ...names.map((name) => `\`${name}\``), 'steps', 'time'];
  const ranked = rankedTrials(search);
  const rows = ranked.slice(0, mostTrials).map((trial) => {
    const cells = [
      trial.number === search.best ? `**${String(trial.number)}**` : String(trial.number),
      trial.state === 'failed' ? `failed: ${escapeMarkdown(trial.reason ?? '', 120)}` : trial.state,
      formatFigure(trial.validation_loss),
      ...names.map((name) => escapeMarkdown(formatSetting(trial.settings[name] ?? '–'))),
      formatFigure(trial.steps),
      formatDuration(trial.seconds * 1000),
    ];
    return row(cells);
  });
  const left = ranked.length - rows.length;
  const more = left > 0 ? [`\n${String(left)} more trials are on the page.`] : [];
  return [row(head), row(head.map(() => '---')), ...rows, ...more].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
