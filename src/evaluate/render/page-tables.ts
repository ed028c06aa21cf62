import type { EvaluationReport, GateResult, MetricResult, WorstQuestion } from '../report.ts';
import { scopeTitle } from './chart.ts';
import { escapeHtml } from '../../core/text/escape.ts';
import { formatFigure } from './figure.ts';

/** Gates with their results and the questions that pulled them down. */
export function gateTable(gates: readonly GateResult[]): string {
  const rows = gates.map((gate) => {
    const pill = gate.passed
      ? '<span class="pill good">passed</span>'
      : '<span class="pill bad">failed</span>';
    return (
      `<tr><td>${pill}</td><td>${escapeHtml(gate.metric)}</td><td>${escapeHtml(scopeTitle(gate.language))}</td>` +
      `<td class="q">${escapeHtml(gate.reason)}${worstList(gate)}</td></tr>`
    );
  });
  return `<div class="scroll"><table><thead><tr><th></th><th>Gate</th><th>Questions</th><th>Result</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function worstList(gate: GateResult): string {
  if (gate.worst.length === 0) return '';
  const unit = gate.metric.startsWith('latency.') ? 'ms' : 'share';
  const items = gate.worst.map((question) => worstQuestion(question, unit));
  return `<details${gate.passed ? '' : ' open'}><summary>${String(items.length)} lowest questions</summary>${items.join('')}</details>`;
}

function worstQuestion(question: WorstQuestion, unit: 'share' | 'ms'): string {
  const live = question.live === undefined ? '' : ` (live ${formatFigure(question.live, unit)})`;
  const accepted = question.accepted.length === 0 ? 'to be declined' : question.accepted.join(' / ');
  return (
    `<p class="a"><b>${escapeHtml(question.id)}</b> <span class="soft">${formatFigure(question.score, unit)}${live}</span> <bdi>${escapeHtml(question.question)}</bdi></p>` +
    `<p class="small"><span class="lab">answered</span><bdi>${escapeHtml(question.answer)}</bdi><br><span class="lab">accepted</span><bdi>${escapeHtml(accepted)}</bdi></p>`
  );
}

/** Every metric by scope, with its interval and the change against live. */
export function metricTable(report: EvaluationReport): string {
  const compared = report.live !== null;
  const scopes = [...new Set(report.metrics.map((metric) => metric.language))];
  const body = scopes.map((language) => {
    const columns = compared ? 6 : 4;
    const head = `<tr class="scope"><td colspan="${String(columns)}">${escapeHtml(scopeTitle(language))}</td></tr>`;
    const rows = report.metrics.filter((metric) => metric.language === language);
    return head + rows.map((metric) => metricRow(metric, compared)).join('');
  });
  const live = compared ? '<th class="n">Live</th><th class="n">Change</th>' : '';
  return `<div class="scroll"><table><thead><tr><th>Metric</th><th class="n">Questions</th><th class="n">Figure</th><th class="n">95% interval</th>${live}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

function metricRow(metric: MetricResult, compared: boolean): string {
  const show = (value: number | null): string => formatFigure(value, metric.unit);
  const range = metric.low === null ? '–' : `${show(metric.low)} – ${show(metric.high)}`;
  const live = metric.live
    ? `<td class="n">${show(metric.live.figure)}</td><td class="n">${change(metric)}</td>`
    : '<td class="n">–</td><td class="n">–</td>';
  return (
    `<tr><td>${escapeHtml(metric.name)}<br><span class="soft small">${escapeHtml(metric.title)}</span></td>` +
    `<td class="n">${String(metric.questions)}</td><td class="n">${show(metric.figure)}</td><td class="n">${range}</td>${compared ? live : ''}</tr>`
  );
}

/** The difference with its interval; coloured only where the interval leaves nought out. */
export function change(metric: MetricResult): string {
  if (!metric.live) return '';
  const { difference, low, high } = metric.live;
  const sure = low > 0 || high < 0;
  const better = metric.better === 'higher' ? difference > 0 : difference < 0;
  const signed = (value: number): string => formatFigure(value, metric.unit, true);
  const title = `95% interval ${signed(low)} to ${signed(high)}`;
  return `<span class="${sure ? (better ? 'up' : 'down') : 'soft'}" title="${escapeHtml(title)}">${signed(difference)}</span>`;
}
