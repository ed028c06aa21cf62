import { cp } from 'node:fs/promises';
import { z } from 'zod';
import { adapterFormat } from '../../contract/adapter-artifact.ts';
import { digestSchema } from '../../core/digest-schema.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { render, say, type Message } from '../../core/messages/message.ts';
import { defineStep, requiredInput } from '../../flow/step.ts';
import { readAnswers } from '../../contract/answers-artifact.ts';
import { formatFigure } from '../../contract/figure.ts';
import { reportFormat, type EvaluationReport } from '../../contract/evaluation-report.ts';
import { evaluate } from '../score/evaluate.ts';
import { readSuites } from '../suite/read.ts';
import { choiceFormat, type Choice } from '../../contract/choice.ts';

const params = z.strictObject({
  job: z.string(),
  /** Metric that decides. */
  metric: z.string(),
  suites: z.array(z.strictObject({ path: z.string(), digest: digestSchema })),
  bootstrap: z.strictObject({ resamples: z.int(), seed: z.int() }),
  k: z.array(z.int()),
});

/**
 * `evaluate.choose`: of a trained and an untrained model takes the trained one only if the suite shows that it is better,
 * question by question. `part` is the winner's artifact: the model `untrained` or `trained`, or, where `trained` is an
 * adapter and the untrained model won, a folder that says that there is none.
 */
export const chooseStep = defineStep({
  name: 'evaluate.choose',
  module: import.meta.url,
  exportName: 'chooseStep',
  params,
  inputs: ['untrained_answers', 'trained_answers', 'trained'],
  optionalInputs: ['untrained'],
  outputs: ['answers', 'part', 'choice'],
  async run({ params: settings, inputs, outputs, projectDir, log }) {
    const untrained = requiredInput(inputs, 'untrained_answers').path;
    const trained = requiredInput(inputs, 'trained_answers').path;
    const report = evaluate({
      suites: await readSuites(projectDir, settings.suites),
      answers: await readAnswers(trained),
      live: {
        release: 'the untrained model',
        text: say('choice.untrained'),
        answers: await readAnswers(untrained),
      },
      settings: { gates: [], bootstrap: settings.bootstrap, k: settings.k },
    });
    const { text, ...choice } = choose(report, settings.job, settings.metric);
    log(render(text, 'en'));
    const won = choice.chosen === 'trained';
    await cp(won ? trained : untrained, outputs['answers'] ?? '', { recursive: true });
    await takePart((won ? inputs['trained'] : inputs['untrained'])?.path, outputs['part'] ?? '');
    const folder = outputs['choice'] ?? '';
    await reportFormat.write(folder, report);
    await choiceFormat.write(folder, { ...choice, text });
    return { ...choice };
  },
});

async function takePart(from: string | undefined, to: string): Promise<void> {
  if (from === undefined) await adapterFormat.write(to, { none: true });
  else await cp(from, to, { recursive: true });
}

/** @throws TOW_EVALUATE_CHOICE_UNMEASURED when no question measures the metric for both */
function choose(
  report: EvaluationReport,
  job: string,
  metric: string,
): Omit<Choice, 'reason'> & { readonly text: Message } {
  const found = report.metrics.find(({ name, language }) => name === metric && language === undefined);
  if (found?.live === undefined) {
    throw new TowpathError('TOW_EVALUATE_CHOICE_UNMEASURED', say('choice.unmeasured', { metric }));
  }
  const { figure: untrained, difference, low, high, questions } = found.live;
  const sign = found.better === 'higher' ? 1 : -1;
  const [improvement, ...interval] = [sign * difference, sign * low, sign * high];
  const [least = 0, most = 0] = interval.toSorted((a, b) => a - b);
  const won = least > 0;
  const show = (value: number): string => formatFigure(value, found.unit, true);
  const figures = say('choice.figures', {
    ...{ metric, improvement: show(improvement), low: show(least), high: show(most), questions },
  });
  const text = say(won ? 'choice.trained' : 'choice.not-better', { job, figures });
  return {
    ...{ job, metric, chosen: won ? 'trained' : 'untrained', untrained, trained: untrained + difference },
    ...{ improvement, low: least, high: most, questions },
    text,
  };
}
