import type { ExternalFile, PlanInput } from '../flow/plan.ts';
import { defineStage } from '../flow/stage.ts';
import { evaluateErrors } from './errors.ts';
import { evaluateSection } from './section.ts';

declare module '../flow/stage.ts' {
  interface Ports {
    readonly suites: readonly ExternalFile[];
    /** What the candidate answered, and the models it answered with, by the names of their inputs. */
    readonly answers: {
      readonly answers: StepOutput;
      readonly models: Readonly<Record<string, PlanInput>>;
      /** Why this model answers, where two stood to choose. */
      readonly choice?: StepOutput;
    };
    readonly report: StepOutput;
    readonly verdict: StepOutput;
  }
}

/** Whether a candidate is good enough. */
export const evaluateStage = defineStage({
  name: 'evaluate',
  sections: [evaluateSection],
  errors: evaluateErrors,
  plan: async (context) => (await import('./plan.ts')).planEvaluation(context),
});
