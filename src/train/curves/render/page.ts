import { createHash } from 'node:crypto';
import { say, wordsIn, type Speech, type Words } from '../../../core/messages/message.ts';
import { escapeHtml } from '../../../text/escape.ts';
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

const titles = {
  loss: 'curves.loss',
  validation_loss: 'curves.validation-loss',
  rate: 'curves.rate',
  norm: 'curves.norm',
  tokens_per_second: 'curves.speed',
} as const satisfies Readonly<Record<Figure, string>>;
const panels: readonly Figure[] = ['loss', 'validation_loss', 'rate', 'norm', 'tokens_per_second'];
/** More validations than this are a line without dots. */
const mostDots = 40;

/**
 * All curves as one page that needs nothing else, not even a script.
 *
 * @param elsewhere the file beside it that holds the page in the other language
 */
export function renderPage({ jobs, search }: CurvesReport, language: Speech, elsewhere: string): string {
  const words = wordsIn(language);
  const hash = createHash('sha256').update(pageStyle).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const steps = jobs.reduce((sum, { summary }) => sum + summary.steps, 0);
  const count = words('curves.counts', {
    jobs: say('curves.job-count', { n: jobs.length }),
    steps: formatFigure(steps),
  });
  const sections = [
    `<p class="other"><a href="${elsewhere}" lang="${language === 'zh' ? 'en' : 'zh-CN'}">${language === 'zh' ? 'English' : '中文'}</a></p>`,
    `<h1>${words('curves.title')}</h1><p class="soft">${count}</p>`,
    `<h2>${words('curves.jobs')}</h2>${jobTable(jobs, words)}`,
    `<h2>${words('curves.curves')}</h2>${curves(jobs, words)}`,
    search === undefined ? '' : searchSection(search, words),
    `<h2>${words('curves.how-to-read')}</h2><p class="small soft">${words('curves.reading')}</p>`,
  ];
  return (
    `<!doctype html>\n<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${words('curves.title')}</title><style>${pageStyle}</style></head>` +
    `<body><main>${sections.join('\n')}</main></body></html>\n`
  );
}

function curves(jobs: readonly JobHistory[], words: Words): string {
  const legend = jobs.map(({ name }, at) => `<span>${swatch(at)}${escapeHtml(name)}</span>`);
  const cards = panels.map((figure) => panel(jobs, figure, words));
  return (
    `<input type="checkbox" id="log" aria-label="${words('curves.log-axes')}">` +
    `<div class="bar">${legend.join('')}<label class="switch" for="log">${words('curves.log-axes')}</label></div>` +
    `<div class="grid2">${cards.join('')}</div>`
  );
}

function panel(jobs: readonly JobHistory[], figure: Figure, words: Words): string {
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
  const title = words(titles[figure]);
  if (lines.length === 0)
    return `<div class="card"><h3>${title}</h3><p class="soft small">${words('curves.nothing')}</p></div>`;
  return plotCard(lines, title, words);
}

function searchSection(search: SearchTrials, words: Words): string {
  const { trials, pruned, failed } = trialCounts(search);
  const counts = words('curves.trial-counts', {
    ...{ trials, job: search.job, pruned, failed, best: String(search.best) },
  });
  const lines = rankedTrials(search)
    .reverse()
    .flatMap((trial): Line[] => {
      const points = trial.validations.flatMap(([step, loss]): Point[] =>
        loss === null ? [] : [[step, loss]],
      );
      if (points.length === 0) return [];
      return [
        {
          title: words('curves.trial', { number: String(trial.number) }),
          className: shade(trial, search),
          points,
        },
      ];
    });
  const plots =
    lines.length === 0
      ? ''
      : `<div class="grid2">${plotCard(lines, words('curves.every-trial'), words)}</div>`;
  return (
    `<h2>${words('curves.search')}</h2><p>${escapeHtml(counts)}</p>` +
    `<div class="scroll card"><h3>${words('curves.settings-led')}</h3>${parallelCoordinates(search, words('curves.settings-loss'), words)}</div>` +
    `<p class="bar soft">${trialLegend(words)}</p>${plots}<h2>${words('curves.trials')}</h2>${trialTable(search, words)}`
  );
}

function plotCard(lines: readonly Line[], title: string, words: Words): string {
  const plot = linePlot(lines, title, 'linear', linearScale, words);
  const log = linePlot(lines, words('curves.logarithmic', { title }), 'log', logScale, words);
  return `<div class="card"><h3>${title}</h3>${plot}${log}</div>`;
}

const legend = [
  ['best', 'curves.legend-best'],
  ['complete q0', 'curves.legend-first'],
  ['complete q3', 'curves.legend-last'],
  ['pruned', 'curves.legend-pruned'],
  ['failed', 'curves.failed'],
] as const;

function trialLegend(words: Words): string {
  const mark = (name: string): string =>
    `<svg viewBox="0 0 34 10"><path class="trial ${name}" d="M0 5L34 5"/></svg>`;
  return legend.map(([name, text]) => `<span>${mark(name)}${words(text)}</span>`).join('');
}
