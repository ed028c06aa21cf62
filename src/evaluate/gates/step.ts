import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { render, say, type Message } from '../../core/messages/message.ts';
import { defineStep, requiredInput } from '../../flow/step.ts';
import {
  reportFormat,
  reasonOf,
  type EvaluationReport,
  type GateResult,
} from '../../contract/evaluation-report.ts';

/** Lets a run go on only when its report passed. `verdict` is a small file that whatever must wait can depend on. */
export const gateStep = defineStep({
  name: 'evaluate.gate',
  module: import.meta.url,
  exportName: 'gateStep',
  params: z.strictObject({}),
  inputs: ['report'],
  outputs: ['verdict'],
  timeout: 60_000,
  async run(context) {
    const report = await reportFormat.read(requiredInput(context.inputs, 'report').path);
    assertGatesPassed(report);
    const verdict = { verdict: report.verdict, gates: report.gates.length };
    await writeFile(context.outputs.verdict ?? '', `${JSON.stringify(verdict)}\n`);
    return verdict;
  },
});

/** @throws TowpathError TOW_EVALUATE_GATE_FAILED naming each failed gate, its figure, bound and worst questions */
function assertGatesPassed(report: EvaluationReport): void {
  const failed = report.gates.filter((gate) => !gate.passed);
  if (failed.length === 0) return;
  const lines = failed.map(describe);
  const text =
    failed.length === 1
      ? say('gate.failed-one', { lines })
      : say('gate.failed', { failed: failed.length, all: report.gates.length, lines });
  throw new TowpathError('TOW_EVALUATE_GATE_FAILED', text, {
    data: {
      gates: failed.map(({ metric, language, rule, figure, bound, worst, ...gate }) => ({
        metric,
        ...(language !== undefined && { language }),
        rule,
        figure,
        bound,
        reason: render(reasonOf(gate), 'en'),
        worst: worst.map(({ id, score }) => ({ id, score })),
      })),
    },
  });
}

/** Worst questions named in the message; the report has more. */
const named = 3;

function describe(gate: GateResult): Message {
  const { metric, language } = gate;
  const name = language === undefined ? metric : say('gate.in-language', { metric, language });
  const worst = gate.worst.slice(0, named).map((question) => {
    const accepted =
      question.accepted.length === 0
        ? say('gate.should-decline')
        : say('gate.accepted', { answers: clip(question.accepted.join(' | '), 80) });
    return say('gate.worst', {
      id: question.id,
      place: `${question.file}:${String(question.line)}`,
      question: clip(question.question, 100),
      lines: [say('gate.answered', { answer: clip(question.answer, 120) }), accepted],
    });
  });
  return say('gate.failure', { gate: name, reason: reasonOf(gate), lines: worst });
}

/** One line of bounded length, control characters removed: answers are written by a model. */
function clip(text: string, length: number): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
