import { defineStage } from '../../flow/stage.ts';
import { dataErrors } from '../errors.ts';
import { indexSection } from './section.ts';

declare module '../../flow/stage.ts' {
  interface Ports {
    /** What is searched, and the model that questions are embedded with, where passages have vectors. */
    readonly index: { readonly index: StepOutput; readonly embedder?: StepOutput };
  }
}

/** From documents to passages that are found. */
export const indexStage = defineStage({
  name: 'index',
  sections: [indexSection],
  errors: dataErrors,
  plan: async (context) => (await import('./plan.ts')).planIndex(context),
});
