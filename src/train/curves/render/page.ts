import { createHash } from 'node:crypto';
import { escapeHtml } from '../../../core/text/escape.ts';
import { trialCounts, type SearchTrials } from '../../search/trials.ts';
import { formatFigure } from '../figure.ts';
import type { Figure, JobHistory } from '../history.ts';
import type { CurvesReport } from '../report.ts';
import type { Point } from '../thin.ts';
import { parallelCoordinates } from './coordinates.ts';
import { linePlot, type Line } from './plot.ts';
import { linearScale, logScale } from './scale.ts';
import { lineClass, shade } from './shade.ts';
import { pageStyle } from './style.ts';
import { jobTable, rankedTrials, swatch, trialTable } from './tables.ts';

const titles: Readonly<Record<Figure, string>> = {
  loss: 'Training loss',
  validation_loss: 'Validation loss',
  rate: 'Learning rate',
  norm: 'Gradient norm',
  tokens_per_second: 'Tokens per second',
};
const panels: readonly Figure[] = ['loss', 'validation_loss', 'rate', 'norm', 'tokens_per_second'];
/** More validations than this are a line without dots. */
const mostDots = 40;

/** All curves as one page that needs nothing else, not even a script. */
export function renderPage({ jobs, search }: CurvesReport): string {
  const hash = createHash('sha256').update(pageStyle).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const steps = jobs.reduce((sum, { summary }) => sum + summary.steps, 0);
  const count = `${String(jobs.length)} ${jobs.length === 1 ? 'job' : 'jobs'}, ${formatFigure(steps)} steps`;
  const sections = [
    `<h1>Training curves</h1><p class="soft">${count}</p>`,
    `<h2>Jobs</h2>${jobTable(jobs)}`,
    `<h2>Curves</h2>${curves(jobs)}`,
    search === undefined ? '' : searchSection(search),
    notes(),
  ];
  return (
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><title>Training curves</title><style>${pageStyle}</style></head>` +
    `<body><main>${sections.join('\n')}</main></body></html>\n`
  );
}

function curves(jobs: readonly JobHistory[]): string {
  const legend = jobs.map(({ name }, at) => `<span>${swatch(at)}${escapeHtml(name)}</span>`);
  const cards = panels.map((figure) => panel(jobs, figure));
  return (
    '<input type="checkbox" id="log" aria-label="Logarithmic axes">' +
    `<div class="bar">${legend.join('')}<label class="switch" for="log">logarithmic axes</label></div>` +
    `<div class="grid2">${cards.join('')}</div>`
  );
}

function panel(jobs: readonly JobHistory[], figure: Figure): string {
  const lines = jobs.flatMap((job, at): Line[] => {
    const { points, means } = job.curves[figure];
    if (points.length === 0) return [];
    const style = { title: job.name, className: lineClass(at) };
    if (figure === 'rate') return [{ ...style, points }];
    if (figure === 'tokens_per_second') return [{ ...style, points: means }];
    if (figure !== 'validation_loss') return [{ ...style, points: means, behind: points }];
    const { best } = job.summary;
    const ring: Point | undefined = best === null ? undefined : [best.step, best.validation_loss];
    return [{ ...style, points, dots: points.length <= mostDots, ...(ring && { ring }) }];
  });
  const title = titles[figure];
  if (lines.length === 0)
    return `<div class="card"><h3>${title}</h3><p class="soft small">Nothing was measured.</p></div>`;
  return `<div class="card"><h3>${title}</h3>${linePlot(lines, title, 'linear', linearScale)}${linePlot(lines, `${title}, logarithmic`, 'log', logScale)}</div>`;
}

function searchSection(search: SearchTrials): string {
  const { trials, pruned, failed } = trialCounts(search);
  const counts = `${String(trials)} trials of ${escapeHtml(search.job)}: ${String(pruned)} ended early, ${String(failed)} failed. Trial ${String(search.best)} is the result.`;
  const lines = rankedTrials(search)
    .reverse()
    .flatMap((trial): Line[] => {
      const points = trial.validations.flatMap(([step, loss]): Point[] =>
        loss === null ? [] : [[step, loss]],
      );
      if (points.length === 0) return [];
      return [{ title: `trial ${String(trial.number)}`, className: shade(trial, search), points }];
    });
  const title = 'Validation loss of every trial';
  const plots = lines.length === 0 ? '' : trialPlots(lines, title);
  return (
    `<h2>Search</h2><p>${counts}</p>` +
    `<div class="scroll card"><h3>Settings and what they led to</h3>${parallelCoordinates(search, 'Settings and validation loss of every trial')}</div>` +
    `<p class="bar soft">${trialLegend}</p>${plots}<h2>Trials</h2>${trialTable(search)}`
  );
}

function trialPlots(lines: readonly Line[], title: string): string {
  const plot = linePlot(lines, title, 'linear', linearScale);
  const log = linePlot(lines, `${title}, logarithmic`, 'log', logScale);
  return `<div class="grid2"><div class="card"><h3>${title}</h3>${plot}${log}</div></div>`;
}

const trialLegend = [
  ['best', 'the result'],
  ['complete q0', 'complete, best quarter'],
  ['complete q3', 'complete, worst quarter'],
  ['pruned', 'ended early, at its last validation'],
  ['failed', 'failed'],
]
  .map(
    ([name, text]) =>
      `<span><svg viewBox="0 0 34 10"><path class="trial ${String(name)}" d="M0 5L34 5"/></svg>${String(text)}</span>`,
  )
  .join('');

function notes(): string {
  return (
    '<h2>How to read this</h2><p class="small soft">Lines of training loss, gradient norm and speed are means over stretches of steps; ' +
    'what lies faintly behind losses and norms are the lowest and highest values, so that every spike shows. A ring marks the validation whose weights are the result. ' +
    'Validation leaves label smoothing, z-loss and penalties out, so that jobs with and without them compare; losses of different vocabularies do not compare. ' +
    'Time is training time without validation; energy is what the machine’s counters say of the whole package or card, and a dash where it has none.</p>'
  );
}
