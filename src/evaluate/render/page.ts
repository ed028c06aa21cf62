import { createHash } from 'node:crypto';
import type { EvaluationReport, MetricResult } from '../report.ts';
import { barChart, intervalChart, latencyBars, scopeTitle, shareBars, type Bar } from './chart.ts';
import { escapeHtml } from '../../core/text/escape.ts';
import { formatFigure } from './figure.ts';
import { questionTable } from './page-questions.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';
import { change, gateTable, metricTable } from './page-tables.ts';

const sourceHash = (content: string): string =>
  `'sha256-${createHash('sha256').update(content).digest('base64')}'`;

/**
 * The report as one page that needs nothing else. Answers and questions are untrusted: they appear only as escaped text,
 * and the content policy lets no script or style run but the two of the page itself.
 */
export function renderPage(report: EvaluationReport): string {
  const policy = `default-src 'none'; script-src ${sourceHash(pageScript)}; style-src ${sourceHash(pageStyle)}; base-uri 'none'; form-action 'none'`;
  const sections = [
    verdict(report),
    tiles(report),
    report.gates.length === 0 ? '' : `<h2>Gates</h2>${gateTable(report.gates)}`,
    charts(report),
    distributions(report),
    `<h2>Figures</h2>${metricTable(report)}`,
    `<h2>Questions</h2>${questionTable(report)}`,
    notes(report),
  ];
  return (
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><title>Evaluation ${report.verdict}</title><style>${pageStyle}</style></head>` +
    `<body><main>${sections.join('\n')}</main><script>${pageScript}</script></body></html>\n`
  );
}

function verdict(report: EvaluationReport): string {
  const failed = report.gates.filter((gate) => !gate.passed);
  const all = String(report.gates.length);
  const gates =
    report.gates.length === 0
      ? 'No gates are set.'
      : failed.length === 0
        ? `All ${all} gates are met.`
        : `${String(failed.length)} of ${all} gates are not met.`;
  const { total, answerable, unanswerable } = report.questions;
  const live =
    report.live === null
      ? 'There is no live release to compare with.'
      : `Compared with the live release ${escapeHtml(report.live.release)} on ${String(report.live.shared)} shared questions.`;
  const failures =
    report.questions.failed === 0
      ? ''
      : `<p><span class="pill bad">${String(report.questions.failed)} failed</span> The service gave no answer to these; they count as wrong.</p>`;
  const choice = report.choice === undefined ? '' : `<p>Model: ${escapeHtml(report.choice.reason)}.</p>`;
  return (
    `<div class="verdict ${report.verdict}"><div><h1>Evaluation ${report.verdict}</h1><p>${gates}</p>` +
    `<p class="soft">${String(total)} questions: ${String(answerable)} with an answer, ${String(unanswerable)} to be declined. ${live}</p>${choice}${failures}</div></div>`
  );
}

function tiles(report: EvaluationReport): string {
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
  return `<div class="tiles">${found.map(tile).join('')}</div>`;
}

function overall(report: EvaluationReport): MetricResult[] {
  return report.metrics.filter((metric) => metric.language === undefined);
}

function tile(metric: MetricResult): string {
  const delta = metric.live ? `<span class="delta">${change(metric)}</span>` : '';
  return `<div class="tile"><span class="soft small">${escapeHtml(metric.name)}</span><b>${formatFigure(metric.figure, metric.unit)}${delta}</b></div>`;
}

const legendMarks = {
  figure:
    '<svg viewBox="0 0 26 12"><line class="range" x1="4" x2="22" y1="6" y2="6"/><circle class="dot" cx="13" cy="6" r="4"/></svg>',
  live: '<svg viewBox="0 0 26 12"><polygon class="live" points="13,1 18,6 13,11 8,6"/></svg>',
  met: '<svg viewBox="0 0 26 12"><line class="gate met" x1="13" x2="13" y1="0" y2="12"/></svg>',
  missed: '<svg viewBox="0 0 26 12"><line class="gate missed" x1="13" x2="13" y1="0" y2="12"/></svg>',
};

function charts(report: EvaluationReport): string {
  const scopes = [...new Set(report.metrics.map((metric) => metric.language))];
  const cards = scopes.map((language) => {
    const title = scopeTitle(language);
    const metrics = report.metrics.filter((metric) => metric.language === language);
    return `<div class="card wide"><h3>${escapeHtml(title)}</h3>${intervalChart(metrics, report.gates, `${title}: figures with 95% intervals`)}</div>`;
  });
  const live = report.live === null ? '' : `<span>${legendMarks.live}live</span>`;
  const gates = report.gates.some((gate) => gate.rule !== 'not_worse_than')
    ? `<span>${legendMarks.met}gate, met</span><span>${legendMarks.missed}gate, not met</span>`
    : '';
  return `<h2>Figures with their intervals</h2>${cards.join('')}<p class="legend"><span>${legendMarks.figure}figure, 95% interval</span>${live}${gates}</p>`;
}

function distributions(report: EvaluationReport): string {
  const answerable = report.items.filter((item) => !item.shouldDecline);
  const deepest = Math.max(5, ...report.settings.k);
  const cards: [string, Bar[]][] = [
    ['F1 of answers, questions by score', shareBars(answerable.map((item) => item.f1))],
    ['Rank of the passage, questions by rank', rankBars(answerable, deepest)],
    ['Answer time in ms, questions from', latencyBars(report.items)],
    ['Refusals, questions', refusalBars(report)],
  ];
  return `<h2>Distributions</h2><div class="grid2">${cards
    .filter(([, bars]) => bars.length > 0)
    .map(([title, bars]) => `<div class="card"><h3>${title}</h3>${barChart(bars, title)}</div>`)
    .join('')}</div>`;
}

function rankBars(items: EvaluationReport['items'], deepest: number): Bar[] {
  const bars = Array.from({ length: deepest }, (_, at) => {
    const count = items.filter((item) => item.rank === at + 1).length;
    return { label: String(at + 1), count, title: `rank ${String(at + 1)}: ${String(count)} questions` };
  });
  const later = items.filter((item) => item.rank !== null && item.rank > deepest).length;
  const none = items.filter((item) => item.rank === null).length;
  return [
    ...bars,
    { label: 'later', count: later, title: `after rank ${String(deepest)}: ${String(later)}` },
    { label: 'none', count: none, title: `not retrieved: ${String(none)}`, className: 'bad' },
  ];
}

function refusalBars(report: EvaluationReport): Bar[] {
  const counts = report.refusals.find((each) => each.language === undefined);
  if (!counts) return [];
  return [
    { label: 'declined rightly', count: counts.declinedRightly, title: 'no answer exists, declined' },
    { label: 'answered', count: counts.answeredRightly, title: 'an answer exists, answered' },
    {
      label: 'not declined',
      count: counts.answeredWrongly,
      title: 'no answer exists, answered all the same',
      className: 'bad',
    },
    {
      label: 'declined wrongly',
      count: counts.declinedWrongly,
      title: 'an answer exists, declined',
      className: 'bad',
    },
  ];
}

function notes(report: EvaluationReport): string {
  const { resamples, seed } = report.settings;
  const suites = report.suites.map(
    (suite) =>
      `${escapeHtml(suite.path)} (${suite.digest.slice(0, 12)}, ${String(suite.questions)} questions)`,
  );
  return (
    `<h2>How to read this</h2><p class="small soft">Intervals are 95% bootstrap intervals (BCa; percentiles for latency) by document, ${String(resamples)} resamples, seed ${String(seed)}; ` +
    'where every question scored the same extreme, the exact bound is given, since a bootstrap would claim certainty. ' +
    'A change is coloured only where its paired interval leaves nought out. F1 compares words, so a right answer given as a whole sentence scores low; “contains” does not mind. ' +
    'Groundedness checks numbers, names and content words of each sentence against the cited passages: it finds inventions, not faulty reasoning.</p>' +
    `<p class="small soft">Suites: ${suites.join('; ')}.</p>`
  );
}
