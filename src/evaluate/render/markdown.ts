import type { EvaluationReport, GateResult, MetricResult, WorstQuestion } from '../report.ts';
import { escapeMarkdown } from '../../core/text/escape.ts';
import { formatFigure, scopeName } from './figure.ts';

/** The report as Markdown that fits a merge request: verdict, figures, gates; worst questions folded away. */
export function renderMarkdown(report: EvaluationReport): string {
  return [
    headline(report),
    summary(report),
    report.choice === undefined ? '' : `Model: ${escapeMarkdown(report.choice.reason)}.`,
    gateTable(report.gates),
    metricTable(report),
    ...report.gates.filter((gate) => gate.worst.length > 0).map(worstQuestions),
    notes(report),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function headline(report: EvaluationReport): string {
  const failed = report.gates.filter((gate) => !gate.passed).length;
  if (report.gates.length === 0) return '## Evaluation: no gates are set';
  if (failed === 0) return `## Evaluation passed: all ${String(report.gates.length)} gates`;
  return `## Evaluation failed: ${String(failed)} of ${String(report.gates.length)} gates`;
}

function summary(report: EvaluationReport): string {
  const { total, answerable, unanswerable, failed } = report.questions;
  const counts = `${String(total)} questions (${String(answerable)} with an answer, ${String(unanswerable)} to be declined)`;
  const live =
    report.live === null
      ? 'No live release to compare with.'
      : `Compared with ${escapeMarkdown(report.live.release)} on ${String(report.live.shared)} shared questions.`;
  const failures = failed === 0 ? '' : ` **The service failed on ${String(failed)}; they count as wrong.**`;
  return `${counts}. ${live}${failures}`;
}

function gateTable(gates: readonly GateResult[]): string {
  if (gates.length === 0) return '';
  const rows = gates.map(
    (gate) =>
      `| ${gate.passed ? '✅' : '❌'} | \`${gate.metric}\` | ${scopeName(gate.language)} | ${gate.reason} |`,
  );
  return ['| | gate | questions | result |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function metricTable(report: EvaluationReport): string {
  const compared = report.live !== null;
  const head = `| metric | questions | figure | 95% interval |${compared ? ' live | change (95% interval) |' : ''}`;
  const rule = `| --- | --- | ---: | :---: |${compared ? ' ---: | --- |' : ''}`;
  return [head, rule, ...report.metrics.map((metric) => metricRow(metric, compared))].join('\n');
}

function metricRow(metric: MetricResult, compared: boolean): string {
  const show = (value: number | null): string => formatFigure(value, metric.unit);
  const signed = (value: number): string => formatFigure(value, metric.unit, true);
  const scope = `${scopeName(metric.language)}, ${String(metric.questions)}`;
  const interval = metric.low === null ? '–' : `${show(metric.low)} … ${show(metric.high)}`;
  const change = metric.live
    ? `${show(metric.live.figure)} | ${signed(metric.live.difference)} (${signed(metric.live.low)} … ${signed(metric.live.high)})`
    : '– | –';
  return `| \`${metric.name}\` | ${scope} | ${show(metric.figure)} | ${interval} |${compared ? ` ${change} |` : ''}`;
}

function worstQuestions(gate: GateResult): string {
  const name = `${gate.metric} (${scopeName(gate.language)})`;
  return [
    '<details>',
    `<summary>${gate.passed ? 'Lowest' : 'Failed gate, lowest'} questions: ${name}</summary>`,
    '',
    ...gate.worst.map((question) => worstQuestion(question, gate)),
    '',
    '</details>',
  ].join('\n');
}

function worstQuestion(question: WorstQuestion, gate: GateResult): string {
  const unit = gate.metric.startsWith('latency.') ? 'ms' : 'share';
  const live = question.live === undefined ? '' : `, live ${formatFigure(question.live, unit)}`;
  const accepted =
    question.accepted.length === 0
      ? 'to be declined'
      : `accepted: ${question.accepted.map((each) => escapeMarkdown(each, 120)).join(' / ')}`;
  return [
    `- **${escapeMarkdown(question.id)}** (${formatFigure(question.score, unit)}${live}) ${escapeMarkdown(question.question)}`,
    `  - answered: ${escapeMarkdown(question.answer)}`,
    `  - ${accepted}`,
  ].join('\n');
}

function notes(report: EvaluationReport): string {
  const { resamples, seed } = report.settings;
  return (
    `<sub>Intervals: bootstrap by document, ${String(resamples)} resamples, seed ${String(seed)}; where every question ` +
    'scored the same extreme, the exact bound. answer.f1 punishes whole sentences given for a short accepted answer; ' +
    'answer.contains does not. Groundedness is a check by words: it finds inventions, not faulty reasoning.</sub>'
  );
}
