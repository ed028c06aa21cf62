import { wordsIn, type Speech, type Words } from '../../core/messages/message.ts';
import { escapeMarkdown } from '../../text/escape.ts';
import { sparkline } from '../../text/sparkline.ts';
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
export function renderMarkdown({ jobs, search }: CurvesReport, language: Speech): string {
  const words = wordsIn(language);
  const parts = [
    `## ${words('curves.training')}`,
    jobTable(jobs, words),
    ...jobs.flatMap((job) => drawn(job, words)),
  ];
  if (search !== undefined) {
    parts.push(
      `### ${words('curves.search-of', { job: escapeMarkdown(search.job) })}`,
      trialTable(search, words),
    );
  }
  return `${parts.join('\n\n')}\n`;
}

function jobTable(jobs: readonly JobHistory[], words: Words): string {
  const rows = jobs.map((job) =>
    row([`**${escapeMarkdown(job.name)}**`, ...jobCells(job, words).map((cell) => escapeMarkdown(cell))]),
  );
  return [
    row(jobColumns.map((id) => words(id))),
    row(jobColumns.map((_, at) => (at === 0 ? '---' : '---:'))),
    ...rows,
  ].join('\n');
}

function drawn({ name, curves }: JobHistory, words: Words): string[] {
  const lines = [
    [words('curves.loss'), curves.loss.points],
    [words('curves.validation-loss'), curves.validation_loss.points],
  ] as const;
  const shown = lines.flatMap(([title, points]) =>
    points.length < 2 ? [] : [`${title.padEnd(15)}  ${sparkline(points)}  ${ends(points, words)}`],
  );
  return shown.length === 0 ? [] : [`${escapeMarkdown(name)}:\n\n\`\`\`text\n${shown.join('\n')}\n\`\`\``];
}

function ends(points: readonly Point[], words: Words): string {
  return words('curves.from-to', {
    from: formatFigure(points[0]?.[1]),
    to: formatFigure(points.at(-1)?.[1]),
  });
}

function trialTable(search: SearchTrials, words: Words): string {
  const names = Object.keys(search.ranges);
  const head = [
    ...[words('curves.column-trial'), words('curves.column-state'), words('curves.column-validation')],
    ...names.map((name) => `\`${name}\``),
    ...[words('curves.column-steps'), words('curves.column-time')],
  ];
  const ranked = rankedTrials(search);
  const rows = ranked.slice(0, mostTrials).map((trial) => {
    const cells = [
      trial.number === search.best ? `**${String(trial.number)}**` : String(trial.number),
      trial.state === 'failed'
        ? words('curves.failed-with', {
            why: escapeMarkdown(words.text(trial.reason_text ?? trial.reason ?? ''), 120),
          })
        : words(trial.state === 'pruned' ? 'curves.pruned' : 'curves.complete'),
      formatFigure(trial.validation_loss),
      ...names.map((name) => escapeMarkdown(formatSetting(trial.settings[name] ?? '–'))),
      formatFigure(trial.steps),
      formatDuration(trial.seconds * 1000),
    ];
    return row(cells);
  });
  const left = ranked.length - rows.length;
  const more = left > 0 ? [`\n${words('curves.more-trials', { n: left })}`] : [];
  return [row(head), row(head.map(() => '---')), ...rows, ...more].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
