import type { Baseline, LiveRelease } from '../contract/live-release.ts';
import type { Digest } from '../core/digest.ts';
import type { LateParts } from '../flow/plan.ts';
import type { StagePlan, StepOutput } from '../flow/stage.ts';
import { gateStep } from './gates/step.ts';
import { planAnswers } from './plan-answers.ts';
import { suiteFiles, suiteParams, type EvaluateContext } from './plan-suites.ts';
import { scoreStep } from './score/step.ts';

export function planEvaluation(context: EvaluateContext): StagePlan {
  const { need, add } = context;
  return {
    gives: {
      suites: () => suiteFiles(context),
      answers: () => planAnswers(context),
      report: () => planScore(context),
      async verdict() {
        const report = await need('report');
        return add({ name: 'gate', kind: gateStep, params: {}, inputs: { report } })('verdict');
      },
    },
  };
}

async function planScore({ values, live, need, add }: EvaluateContext): Promise<StepOutput> {
  const { gates, bootstrap, k } = values.evaluate;
  const { answers, choice } = await need('answers');
  const score = add({
    ...{ name: 'score', kind: scoreStep },
    params: { suites: suiteParams(await need('suites')), gates, bootstrap, k },
    inputs: { answers, ...(choice && { choice }) },
    late: (outputs, given) => withBaseline(given, baselineFor(outputs(answers.step, answers.output), live)),
  });
  return score('report');
}

/**
 * The live release's answers; but a candidate that answers exactly as the live release does is that release again, and
 * is compared with what that one was compared with: so a second run of an unchanged project repeats no step.
 */
function baselineFor(answers: Digest, live: LiveRelease | undefined): Baseline | undefined {
  return live !== undefined && live.answers === answers ? live.baseline : live;
}

function withBaseline(given: LateParts, baseline: Baseline | undefined): LateParts {
  if (baseline === undefined) return given;
  const { release, answers } = baseline;
  return {
    params: { ...(given.params as object), live: { release, answers } },
    inputs: { ...given.inputs, live_answers: { artifact: answers } },
  };
}
