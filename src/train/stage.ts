import { defineStage } from '../flow/stage.ts';
import { trainErrors } from './errors.ts';
import { trainSection } from './jobs/section.ts';

declare module '../flow/stage.ts' {
  interface Ports {
    /** A trained model that may be released, where the project wants one to be. */
    readonly trained:
      | {
          readonly job: string;
          /** An adapter is served over the generator; a model in its place. */
          readonly kind: 'adapter' | 'model';
          readonly model: StepOutput;
          /** `better`: when it answers better by `metric` than the untrained one. */
          readonly when: 'better' | 'always';
          readonly metric: string;
        }
      | undefined;
  }
}

/** From rows to trained weights. */
export const trainStage = defineStage({
  name: 'train',
  sections: [trainSection],
  errors: trainErrors,
  plan: async (context) => (await import('./plan/plan-training.ts')).planTraining(context),
});
