import { createHash } from 'node:crypto';
import {
  isEvaluated,
  reasonOf,
  type EvaluationReport,
  type MetricResult,
} from '../../contract/evaluation-report.ts';
import { wordsIn, type Speech, type Words } from '../../core/messages/message.ts';
import { barChart, barTitle, intervalChart, latencyBars, shareBars, type Bar } from './chart.ts';
import { escapeHtml } from '../../text/escape.ts';
import { formatFigure } from '../../contract/figure.ts';
import { scopeTitle } from './figure.ts';
import { questionTable } from './page-questions.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';
import { change, gateTable, metricTable } from './page-tables.ts';

const sourceHash = (content: string): string =>
  `'sha256-${createHash('sha256').update(content).digest('base64')}'`;

/**
 * The report as one page that needs nothing else. Answers and questions are untrusted: they appear only as escaped text,
 * and the content policy lets no script or style run but the two of the page itself.
 *
 * @param elsewhere the file beside it that holds the page in the other language
 */
export function renderPage(report: EvaluationReport, language: Speech, elsewhere: string): string {
  const words = wordsIn(language);
  const policy = `default-src 'none'; script-src ${sourceHash(pageScript)}; style-src ${sourceHash(pageStyle)}; base-uri 'none'; form-action 'none'`;
  const evaluated = isEvaluated(report);
  const sections = [
    `<p class="other"><a href="${elsewhere}" lang="${language === 'zh' ? 'en' : 'zh-CN'}">${language === 'zh' ? 'English' : '中文'}</a></p>`,
    ...(evaluated ? results(report, words) : [unevaluated(report, words)]),
  ];
  const script = evaluated ? `<script>${pageScript}</script>` : '';
  return (
    `<!doctype html>\n<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title(report, words)}</title><style>${pageStyle}</style></head>` +
    `<body><main>${sections.join('\n')}</main>${script}</body></html>\n`
  );
}

function results(report: EvaluationReport, words: Words): string[] {
  return [
    verdict(report, words),
    tiles(report, words),
    report.gates.length === 0 ? '' : `<h2>${words('report.gates')}</h2>${gateTable(report.gates, words)}`,
    charts(report, words),
    distributions(report, words),
    `<h2>${words('report.figures')}</h2>${metricTable(report, words)}`,
    `<h2>${words('report.questions')}</h2>${questionTable(report, words)}`,
    notes(report, words),
  ];
}

function unevaluated(report: EvaluationReport, words: Words): string {
  return `<div class="verdict"><div><h1>${title(report, words)}</h1><p>${words('report.name-a-suite')}</p>${choiceOf(report, words)}</div></div>`;
}

function title(report: EvaluationReport, words: Words): string {
  if (!isEvaluated(report)) return words('report.not-evaluated');
  return words(report.verdict === 'passed' ? 'report.passed' : 'report.failed');
}

function verdict(report: EvaluationReport, words: Words): string {
  const failed = report.gates.filter((gate) => !gate.passed);
  const n = report.gates.length;
  const gates =
    n === 0
      ? words('report.no-gates')
      : failed.length === 0
        ? words('report.gates-met', { n })
        : words('report.gates-missed', { failed: failed.length, n });
  const { total, answerable, unanswerable } = report.questions;
  const live =
    report.live === null
      ? words('report.no-live')
      : escapeHtml(
          words('report.compared', {
            release: words.text(report.live.text ?? report.live.release),
            n: report.live.shared,
          }),
        );
  const failures =
    report.questions.failed === 0
      ? ''
      : `<p><span class="pill bad">${words('report.failed-count', { failed: report.questions.failed })}</span> ${words('report.failed-why')}</p>`;
  return (
    `<div class="verdict ${report.verdict}"><div><h1>${title(report, words)}</h1><p>${gates}</p>` +
    `<p class="soft">${words('report.question-counts', { total, answerable, unanswerable })} ${live}</p>${choiceOf(report, words)}${failures}</div></div>`
  );
}

function choiceOf({ choice }: EvaluationReport, words: Words): string {
  if (choice === undefined) return '';
  return `<p>${escapeHtml(words('report.model', { reason: words.text(reasonOf(choice)) }))}</p>`;
}

function tiles(report: EvaluationReport, words: Words): string {
  const deepest = `retrieval.recall@${String(Math.max(...report.settings.k))}`;
  const shown = [
    deepest,
    'answer.f1',
    'answer.contains',
    'answer.groundedness',
    'refusal.accuracy',
    'latency.p95',
  ];
  const found = shown.flatMap((name) => overall(report).find((metric) => metric.name === name) ?? []);
  return `<div class="tiles">${found.map((metric) => tile(metric, words)).join('')}</div>`;
}

function overall(report: EvaluationReport): MetricResult[] {
  return report.metrics.filter((metric) => metric.language === undefined);
}

function tile(metric: MetricResult, words: Words): string {
  const delta = metric.live ? `<span class="delta">${change(metric, words)}</span>` : '';
  return `<div class="tile"><span class="soft small">${escapeHtml(metric.name)}</span><b>${formatFigure(metric.figure, metric.unit)}${delta}</b></div>`;
}

const legendMarks = {
  figure:
    '<svg viewBox="0 0 26 12"><line class="range" x1="4" x2="22" y1="6" y2="6"/><circle class="dot" cx="13" cy="6" r="4"/></svg>',
  live: '<svg viewBox="0 0 26 12"><polygon class="live" points="13,1 18,6 13,11 8,6"/></svg>',
  met: '<svg viewBox="0 0 26 12"><line class="gate met" x1="13" x2="13" y1="0" y2="12"/></svg>',
  missed: '<svg viewBox="0 0 26 12"><line class="gate missed" x1="13" x2="13" y1="0" y2="12"/></svg>',
};

function charts(report: EvaluationReport, words: Words): string {
  const scopes = [...new Set(report.metrics.map((metric) => metric.language))];
  const cards = scopes.map((language) => {
    const scope = scopeTitle(language, words);
    const metrics = report.metrics.filter((metric) => metric.language === language);
    return `<div class="card wide"><h3>${scope}</h3>${intervalChart(metrics, report.gates, words('report.chart', { scope }), words)}</div>`;
  });
  const live = report.live === null ? '' : `<span>${legendMarks.live}${words('report.live')}</span>`;
  const gates = report.gates.some((gate) => gate.rule !== 'not_worse_than')
    ? `<span>${legendMarks.met}${words('report.legend-met')}</span><span>${legendMarks.missed}${words('report.legend-missed')}</span>`
    : '';
  return `<h2>${words('report.figures-intervals')}</h2>${cards.join('')}<p class="legend"><span>${legendMarks.figure}${words('report.legend-figure')}</span>${live}${gates}</p>`;
}

function distributions(report: EvaluationReport, words: Words): string {
  const answerable = report.items.filter((item) => !item.shouldDecline);
  const deepest = Math.max(5, ...report.settings.k);
  const cards: [string, Bar[]][] = [
    [
      words('report.bars-f1'),
      shareBars(
        answerable.map((item) => item.f1),
        words,
      ),
    ],
    [words('report.bars-rank'), rankBars(answerable, deepest, words)],
    [words('report.bars-time'), latencyBars(report.items, words)],
    [words('report.bars-refusals'), refusalBars(report, words)],
  ];
  return `<h2>${words('report.distributions')}</h2><div class="grid2">${cards
    .filter(([, bars]) => bars.length > 0)
    .map(([title, bars]) => `<div class="card"><h3>${title}</h3>${barChart(bars, title)}</div>`)
    .join('')}</div>`;
}

function rankBars(items: EvaluationReport['items'], deepest: number, words: Words): Bar[] {
  const bars = Array.from({ length: deepest }, (_, at) => {
    const count = items.filter((item) => item.rank === at + 1).length;
    const label = String(at + 1);
    return { label, count, title: barTitle(words('report.rank-is', { rank: label }), count, words) };
  });
  const later = items.filter((item) => item.rank !== null && item.rank > deepest).length;
  const none = items.filter((item) => item.rank === null).length;
  return [
    ...bars,
    {
      label: words('report.later'),
      count: later,
      title: barTitle(words('report.rank-after', { rank: String(deepest) }), later, words),
    },
    {
      label: words('report.none'),
      count: none,
      title: barTitle(words('report.not-retrieved'), none, words),
      className: 'bad',
    },
  ];
}

function refusalBars(report: EvaluationReport, words: Words): Bar[] {
  const counts = report.refusals.find((each) => each.language === undefined);
  if (!counts) return [];
  return [
    {
      label: words('report.declined-rightly'),
      count: counts.declinedRightly,
      title: words('report.declined-rightly-is'),
    },
    { label: words('report.answered'), count: counts.answeredRightly, title: words('report.answered-is') },
    {
      label: words('report.not-declined'),
      count: counts.answeredWrongly,
      title: words('report.not-declined-is'),
      className: 'bad',
    },
    {
      label: words('report.declined-wrongly'),
      count: counts.declinedWrongly,
      title: words('report.declined-wrongly-is'),
      className: 'bad',
    },
  ];
}

function notes(report: EvaluationReport, words: Words): string {
  const { resamples, seed } = report.settings;
  const suites = report.suites.map(
    ({ path, digest, questions }) =>
      `${path} (${digest.slice(0, 12)}, ${words('unit.questions', { n: questions })})`,
  );
  return (
    `<h2>${words('report.how-to-read')}</h2><p class="small soft">${words('report.reading', { resamples, seed: String(seed) })}</p>` +
    `<p class="small soft">${escapeHtml(words('report.suites', { suites }))}</p>`
  );
}
