import { defineStage } from '../flow/stage.ts';
import { dataSection } from './data-section.ts';
import { dataErrors } from './errors.ts';
import { sourcesSection } from './sources-section.ts';

declare module '../flow/stage.ts' {
  interface Ports {
    readonly dataset: StepOutput;
  }
}

/** From files to clean documents. */
export const dataStage = defineStage({
  name: 'data',
  sections: [sourcesSection, dataSection],
  errors: dataErrors,
  plan: async (context) => (await import('./plan.ts')).planData(context),
});
