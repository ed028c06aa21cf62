import { z } from 'zod';
import { digestSchema } from '../../core/digest-schema.ts';
import { render, say } from '../../core/messages/message.ts';
import { defineStep, requiredInput, type StepFacts } from '../../flow/step.ts';
import { readAnswers } from '../../contract/answers-artifact.ts';
import { reasonOf, reportFormat, type EvaluationReport } from '../../contract/evaluation-report.ts';
import { choiceFormat } from '../../contract/choice.ts';
import { gateSchema } from '../section.ts';
import { readSuites } from '../suite/read.ts';
import { evaluate } from './evaluate.ts';

const params = z.strictObject({
  /** The suites, in the order of the project file; read from the project folder and checked against their digests. */
  suites: z.array(z.strictObject({ path: z.string(), digest: digestSchema })),
  gates: z.array(gateSchema),
  bootstrap: z.strictObject({ resamples: z.int(), seed: z.int() }),
  k: z.array(z.int()),
  /** The release that gave `live_answers`, which must then be an input. */
  live: z.strictObject({ release: z.string(), answers: digestSchema.optional() }).optional(),
});

/** Answers and suites to a report: `report.json`, without words for people. A failed gate does not fail this step. */
export const scoreStep = defineStep({
  name: 'evaluate.score',
  module: import.meta.url,
  exportName: 'scoreStep',
  params,
  inputs: ['answers'],
  optionalInputs: ['live_answers', 'choice'],
  outputs: ['report'],
  async run(context) {
    const { params: settings, inputs, outputs } = context;
    const suites = await readSuites(context.projectDir, settings.suites);
    const answers = await readAnswers(requiredInput(inputs, 'answers').path);
    const liveFolder = inputs.live_answers?.path;
    const live =
      liveFolder === undefined
        ? undefined
        : {
            release: settings.live?.release ?? 'live',
            digest: settings.live?.answers,
            answers: await readAnswers(liveFolder),
          };
    const total = suites.reduce((sum, suite) => sum + suite.questions.length, 0);
    context.progress({ done: 0, total, unit: 'questions', note: say('evaluate.scoring') });
    const choice = inputs.choice === undefined ? undefined : await choiceFormat.read(inputs.choice.path);
    const report = evaluate({ suites, answers, live, choice, settings });
    context.progress({ done: total, total, unit: 'questions', note: say('evaluate.scoring') });
    for (const gate of report.gates) {
      context.log(
        `${gate.passed ? 'passed' : 'failed'} ${gate.metric} ${gate.language ?? 'all'}: ${render(reasonOf(gate), 'en')}`,
      );
    }
    await reportFormat.write(outputs.report ?? '', report);
    return factsOf(report);
  },
});

function factsOf(report: EvaluationReport): StepFacts {
  const overall = report.metrics.filter((metric) => metric.language === undefined);
  return {
    verdict: report.verdict,
    questions: report.questions.total,
    gates: report.gates.length,
    failed: report.gates.filter((gate) => !gate.passed).length,
    figures: Object.fromEntries(overall.map((metric) => [metric.name, metric.figure])),
  };
}
