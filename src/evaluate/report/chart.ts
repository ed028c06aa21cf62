import type { EvaluationReport, GateResult, MetricResult } from '../../contract/evaluation-report.ts';
import { escapeHtml } from '../../text/escape.ts';
import { say, type Words } from '../../core/messages/message.ts';
import { formatFigure } from '../../contract/figure.ts';

const labelWidth = 178;
const plotWidth = 420;
const figureWidth = 150;
const rowHeight = 26;
const width = labelWidth + plotWidth + figureWidth;

/** Share metrics of one scope: a dot with its interval, the live release as a hollow diamond, gates as ticks. */
export function intervalChart(
  metrics: readonly MetricResult[],
  gates: readonly GateResult[],
  label: string,
  words: Words,
): string {
  const rows = metrics.filter((metric) => metric.unit === 'share' && metric.figure !== null);
  const height = rows.length * rowHeight + 30;
  const axis = [0, 0.25, 0.5, 0.75, 1].map((at) => gridLine(at, height)).join('');
  const body = rows
    .map((metric, at) => intervalRow(metric, gates, at * rowHeight + rowHeight / 2 + 4, words))
    .join('');
  return `<svg viewBox="0 0 ${String(width)} ${String(height)}" role="img" aria-label="${escapeHtml(label)}">${axis}${body}</svg>`;
}

function x(share: number): string {
  return (labelWidth + share * plotWidth).toFixed(1);
}

function gridLine(at: number, height: number): string {
  const bottom = height - 22;
  return (
    `<line class="grid" x1="${x(at)}" x2="${x(at)}" y1="2" y2="${String(bottom)}"/>` +
    `<text class="tick" x="${x(at)}" y="${String(height - 6)}" text-anchor="middle">${at === 0 || at === 1 ? String(at) : at.toFixed(2)}</text>`
  );
}

function intervalRow(metric: MetricResult, gates: readonly GateResult[], y: number, words: Words): string {
  const { figure, low, high, live } = metric;
  if (figure === null || low === null || high === null) return '';
  const mine = gates.filter((gate) => gate.metric === metric.name && gate.language === metric.language);
  const failed = mine.some((gate) => !gate.passed);
  const ticks = mine
    .filter((gate) => gate.rule !== 'not_worse_than')
    .map((gate) => {
      const state = gate.passed ? 'met' : 'missed';
      const rule = `${gate.rule} ${formatFigure(gate.bound, 'share')}`;
      const title = words(gate.passed ? 'report.tick-met' : 'report.tick-missed', { rule });
      return `<g><title>${escapeHtml(title)}</title><line class="gate ${state}" x1="${x(gate.bound)}" x2="${x(gate.bound)}" y1="${String(y - 10)}" y2="${String(y + 10)}"/></g>`;
    })
    .join('');
  const diamond = live ? liveMark(live.figure, y, words) : '';
  const title = words('report.figure-title', {
    ...{ metric: metric.name, figure: formatFigure(figure, 'share') },
    ...{ low: formatFigure(low, 'share'), high: formatFigure(high, 'share') },
    questions: say('unit.questions', { n: metric.questions }),
  });
  const range = `${formatFigure(low, 'share')}–${formatFigure(high, 'share')}`;
  return (
    `<g class="row${failed ? ' failed' : ''}"><title>${escapeHtml(title)}</title>` +
    `<text class="name" x="${String(labelWidth - 12)}" y="${String(y + 4)}" text-anchor="end">${escapeHtml(metric.name)}</text>` +
    `<line class="range" x1="${x(low)}" x2="${x(high)}" y1="${String(y)}" y2="${String(y)}"/>` +
    `<circle class="dot" cx="${x(figure)}" cy="${String(y)}" r="4.5"/>` +
    `<text class="value" x="${String(labelWidth + plotWidth + 14)}" y="${String(y + 4)}">${formatFigure(figure, 'share')}` +
    `<tspan class="tick" dx="8">${range}</tspan></text></g>${diamond}${ticks}`
  );
}

function liveMark(figure: number, y: number, words: Words): string {
  const at = Number(x(figure));
  const points = [
    [at, y - 6],
    [at + 6, y],
    [at, y + 6],
    [at - 6, y],
  ];
  const path = points.map((point) => point.map((each) => each.toFixed(1)).join(',')).join(' ');
  return `<g><title>${words('report.live-is', { figure: formatFigure(figure, 'share') })}</title><polygon class="live" points="${path}"/></g>`;
}

export interface Bar {
  readonly label: string;
  readonly count: number;
  /** Shown when the pointer rests on it. */
  readonly title: string;
  readonly className?: string;
}

/** Vertical bars with their counts; the axis starts at nought. */
export function barChart(bars: readonly Bar[], label: string): string {
  const w = 360;
  const h = 150;
  const base = h - 22;
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  const step = w / Math.max(1, bars.length);
  const body = bars.map((bar, at) => {
    const size = (bar.count / most) * (base - 20);
    const left = at * step + step * 0.12;
    const middle = (at * step + step / 2).toFixed(1);
    const count =
      bar.count === 0
        ? ''
        : `<text class="count" x="${middle}" y="${(base - size - 5).toFixed(1)}" text-anchor="middle">${String(bar.count)}</text>`;
    return (
      `<g><title>${escapeHtml(bar.title)}</title><rect class="bar ${bar.className ?? ''}" x="${left.toFixed(1)}" y="${(base - size).toFixed(1)}" width="${(step * 0.76).toFixed(1)}" height="${size.toFixed(1)}" rx="2"/>` +
      `${count}<text class="tick" x="${middle}" y="${String(h - 6)}" text-anchor="middle">${escapeHtml(bar.label)}</text></g>`
    );
  });
  return `<svg viewBox="0 0 ${String(w)} ${String(h)}" role="img" aria-label="${escapeHtml(label)}"><line class="axis" x1="0" x2="${String(w)}" y1="${String(base)}" y2="${String(base)}"/>${body.join('')}</svg>`;
}

/** Distribution of a score from 0 to 1 in tenths; exactly 0 and exactly 1 stand apart. */
export function shareBars(values: readonly number[], words: Words): Bar[] {
  const edges = ['0', '<.2', '<.4', '<.6', '<.8', '<1', '1'];
  const place = (value: number): number =>
    value <= 0 ? 0 : value >= 1 ? 6 : Math.min(5, 1 + Math.floor(value * 5));
  return edges.map((label, at) => {
    const count = values.filter((value) => place(value) === at).length;
    return { label, count, title: barTitle(label, count, words) };
  });
}

/** Latencies in equal bins of a round width. */
export function latencyBars(items: EvaluationReport['items'], words: Words): Bar[] {
  const values = items.filter((item) => item.error === undefined).map((item) => item.latency);
  if (values.length === 0) return [];
  const span = Math.max(...values);
  const binWidth = roundUp(span / 8);
  const bins = Math.max(1, Math.floor(span / binWidth) + 1);
  return Array.from({ length: bins }, (_, at) => {
    const from = at * binWidth;
    const count = values.filter((value) => Math.floor(value / binWidth) === at).length;
    const range = `${formatFigure(from, 'ms')} – ${formatFigure(from + binWidth, 'ms')}`;
    return { label: compact(from), count, title: barTitle(range, count, words) };
  });
}

/** `rank 3: 12 questions`. */
export function barTitle(label: string, count: number, words: Words): string {
  return words('report.bar', { label, questions: say('unit.questions', { n: count }) });
}

function compact(ms: number): string {
  return ms >= 10_000 ? `${String(ms / 1000)}s` : String(Number(ms.toPrecision(3)));
}

/** 1, 2 or 5 times a power of ten, at least the value. */
function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= value) ?? value;
}
