import {
  reasonOf,
  type EvaluationReport,
  type GateResult,
  type MetricResult,
  type WorstQuestion,
} from '../../contract/evaluation-report.ts';
import { escapeHtml } from '../../text/escape.ts';
import { metricTitle } from '../metrics/catalogue.ts';
import type { Words } from '../../core/messages/message.ts';
import { formatFigure } from '../../contract/figure.ts';
import { scopeTitle } from './figure.ts';

/** Gates with their results and the questions that pulled them down. */
export function gateTable(gates: readonly GateResult[], words: Words): string {
  const rows = gates.map((gate) => {
    const pill = gate.passed
      ? `<span class="pill good">${words('report.gate-passed')}</span>`
      : `<span class="pill bad">${words('report.gate-failed')}</span>`;
    return (
      `<tr><td>${pill}</td><td>${escapeHtml(gate.metric)}</td><td>${escapeHtml(scopeTitle(gate.language, words))}</td>` +
      `<td class="q">${escapeHtml(words.text(reasonOf(gate)))}${worstList(gate, words)}</td></tr>`
    );
  });
  return `<div class="scroll"><table><thead><tr><th></th><th>${words('report.gate')}</th><th>${words('report.questions')}</th><th>${words('report.result')}</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function worstList(gate: GateResult, words: Words): string {
  if (gate.worst.length === 0) return '';
  const unit = gate.metric.startsWith('latency.') ? 'ms' : 'share';
  const items = gate.worst.map((question) => worstQuestion(question, unit, words));
  return `<details${gate.passed ? '' : ' open'}><summary>${words('report.lowest-count', { n: items.length })}</summary>${items.join('')}</details>`;
}

function worstQuestion(question: WorstQuestion, unit: 'share' | 'ms', words: Words): string {
  const live =
    question.live === undefined
      ? ''
      : ` (${words('report.live-is', { figure: formatFigure(question.live, unit) })})`;
  const accepted =
    question.accepted.length === 0 ? words('report.to-be-declined') : question.accepted.join(' / ');
  return (
    `<p class="a"><b>${escapeHtml(question.id)}</b> <span class="soft">${formatFigure(question.score, unit)}${live}</span> <bdi>${escapeHtml(question.question)}</bdi></p>` +
    `<p class="small"><span class="lab">${words('report.answered')}</span><bdi>${escapeHtml(question.answer)}</bdi><br><span class="lab">${words('report.accepted')}</span><bdi>${escapeHtml(accepted)}</bdi></p>`
  );
}

/** Every metric by scope, with its interval and the change against live. */
export function metricTable(report: EvaluationReport, words: Words): string {
  const compared = report.live !== null;
  const scopes = [...new Set(report.metrics.map((metric) => metric.language))];
  const body = scopes.map((language) => {
    const columns = compared ? 6 : 4;
    const head = `<tr class="scope"><td colspan="${String(columns)}">${escapeHtml(scopeTitle(language, words))}</td></tr>`;
    const rows = report.metrics.filter((metric) => metric.language === language);
    return head + rows.map((metric) => metricRow(metric, compared, words)).join('');
  });
  const live = compared
    ? `<th class="n">${words('report.live')}</th><th class="n">${words('report.change')}</th>`
    : '';
  return `<div class="scroll"><table><thead><tr><th>${words('report.metric')}</th><th class="n">${words('report.questions')}</th><th class="n">${words('report.figure')}</th><th class="n">${words('report.interval')}</th>${live}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

function metricRow(metric: MetricResult, compared: boolean, words: Words): string {
  const show = (value: number | null): string => formatFigure(value, metric.unit);
  const range = metric.low === null ? '–' : `${show(metric.low)} – ${show(metric.high)}`;
  const live = metric.live
    ? `<td class="n">${show(metric.live.figure)}</td><td class="n">${change(metric, words)}</td>`
    : '<td class="n">–</td><td class="n">–</td>';
  return (
    `<tr><td>${escapeHtml(metric.name)}<br><span class="soft small">${escapeHtml(words.text(metricTitle(metric)))}</span></td>` +
    `<td class="n">${String(metric.questions)}</td><td class="n">${show(metric.figure)}</td><td class="n">${range}</td>${compared ? live : ''}</tr>`
  );
}

/** The difference with its interval; coloured only where the interval leaves nought out. */
export function change(metric: MetricResult, words: Words): string {
  if (!metric.live) return '';
  const { difference, low, high } = metric.live;
  const sure = low > 0 || high < 0;
  const better = metric.better === 'higher' ? difference > 0 : difference < 0;
  const signed = (value: number): string => formatFigure(value, metric.unit, true);
  const title = words('report.interval-from', { low: signed(low), high: signed(high) });
  return `<span class="${sure ? (better ? 'up' : 'down') : 'soft'}" title="${escapeHtml(title)}">${signed(difference)}</span>`;
}
