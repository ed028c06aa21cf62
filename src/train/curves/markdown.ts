import { escapeMarkdown } from '../../core/text/escape.ts';
import { sparkline } from '../../core/text/sparkline.ts';
import { formatDuration } from '../../core/units.ts';
import type { SearchTrials } from '../search/trials.ts';
import { formatFigure, formatSetting } from './figure.ts';
import type { JobHistory } from './history.ts';
import { jobCells, jobColumns } from './job-row.ts';
import { rankedTrials } from './render/tables.ts';
import type { CurvesReport } from './report.ts';
import type { Point } from './thin.ts';

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
