import {
  isEvaluated,
  reasonOf,
  type EvaluationReport,
  type GateResult,
  type MetricResult,
  type WorstQuestion,
} from '../../contract/evaluation-report.ts';
import { escapeMarkdown } from '../../text/escape.ts';
import { wordsIn, type Speech, type Words } from '../../core/messages/message.ts';
import { formatFigure } from '../../contract/figure.ts';
import { scopeName } from './figure.ts';

/** The report as Markdown that fits a merge request: verdict, figures, gates; worst questions folded away. */
export function renderMarkdown(report: EvaluationReport, language: Speech): string {
  const words = wordsIn(language);
  const choice =
    report.choice === undefined
      ? ''
      : words('report.model', { reason: escapeMarkdown(words.text(reasonOf(report.choice))) });
  const parts = isEvaluated(report)
    ? [
        headline(report, words),
        summary(report, words),
        choice,
        gateTable(report.gates, words),
        metricTable(report, words),
        ...report.gates.filter((gate) => gate.worst.length > 0).map((gate) => worstQuestions(gate, words)),
        notes(report, words),
      ]
    : [`## ${words('report.not-evaluated')}`, words('report.name-a-suite'), choice];
  return parts
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function headline(report: EvaluationReport, words: Words): string {
  const failed = report.gates.filter((gate) => !gate.passed).length;
  const n = report.gates.length;
  if (n === 0) return `## ${words('report.headline-no-gates')}`;
  if (failed === 0) return `## ${words('report.headline-passed', { n })}`;
  return `## ${words('report.headline-failed', { failed, n })}`;
}

function summary(report: EvaluationReport, words: Words): string {
  const { total, answerable, unanswerable, failed } = report.questions;
  const live =
    report.live === null
      ? words('report.no-live')
      : words('report.compared', {
          release: escapeMarkdown(words.text(report.live.text ?? report.live.release)),
          n: report.live.shared,
        });
  const failures = failed === 0 ? '' : ` **${words('report.failed-on', { failed })}**`;
  return `${words('report.question-counts', { total, answerable, unanswerable })} ${live}${failures}`;
}

function gateTable(gates: readonly GateResult[], words: Words): string {
  if (gates.length === 0) return '';
  const rows = gates.map(
    (gate) =>
      `| ${gate.passed ? '✅' : '❌'} | \`${gate.metric}\` | ${scopeName(gate.language, words)} | ${words.text(reasonOf(gate))} |`,
  );
  const head = ['report.gate', 'report.questions', 'report.result'] as const;
  return [`| | ${head.map((each) => words(each)).join(' | ')} |`, '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

function metricTable(report: EvaluationReport, words: Words): string {
  const compared = report.live !== null;
  const columns = ['report.metric', 'report.questions', 'report.figure', 'report.interval'] as const;
  const live = compared ? (['report.live', 'report.change-interval'] as const) : [];
  const head = `| ${[...columns, ...live].map((each) => words(each)).join(' | ')} |`;
  const rule = `| --- | --- | ---: | :---: |${compared ? ' ---: | --- |' : ''}`;
  return [head, rule, ...report.metrics.map((metric) => metricRow(metric, compared, words))].join('\n');
}

function metricRow(metric: MetricResult, compared: boolean, words: Words): string {
  const show = (value: number | null): string => formatFigure(value, metric.unit);
  const signed = (value: number): string => formatFigure(value, metric.unit, true);
  const scope = `${scopeName(metric.language, words)}, ${String(metric.questions)}`;
  const interval = metric.low === null ? '–' : `${show(metric.low)} … ${show(metric.high)}`;
  const change = metric.live
    ? `${show(metric.live.figure)} | ${signed(metric.live.difference)} (${signed(metric.live.low)} … ${signed(metric.live.high)})`
    : '– | –';
  return `| \`${metric.name}\` | ${scope} | ${show(metric.figure)} | ${interval} |${compared ? ` ${change} |` : ''}`;
}

function worstQuestions(gate: GateResult, words: Words): string {
  const name = `${gate.metric} (${scopeName(gate.language, words)})`;
  return [
    '<details>',
    `<summary>${words(gate.passed ? 'report.lowest' : 'report.failed-lowest', { gate: name })}</summary>`,
    '',
    ...gate.worst.map((question) => worstQuestion(question, gate, words)),
    '',
    '</details>',
  ].join('\n');
}

function worstQuestion(question: WorstQuestion, gate: GateResult, words: Words): string {
  const unit = gate.metric.startsWith('latency.') ? 'ms' : 'share';
  const live =
    question.live === undefined
      ? ''
      : `; ${words('report.live-is', { figure: formatFigure(question.live, unit) })}`;
  const accepted =
    question.accepted.length === 0
      ? words('report.to-be-declined')
      : words('report.accepted-is', {
          answers: question.accepted.map((each) => escapeMarkdown(each, 120)).join(' / '),
        });
  return [
    `- **${escapeMarkdown(question.id)}** (${formatFigure(question.score, unit)}${live}) ${escapeMarkdown(question.question)}`,
    `  - ${words('report.answered-with', { answer: escapeMarkdown(question.answer) })}`,
    `  - ${accepted}`,
  ].join('\n');
}

function notes(report: EvaluationReport, words: Words): string {
  const { resamples, seed } = report.settings;
  return `<sub>${words('report.reading', { resamples, seed: String(seed) })}</sub>`;
}
