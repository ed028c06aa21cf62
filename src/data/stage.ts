import { defineStage } from '../flow/stage.ts';
import { dataSection } from './data-section.ts';
import { dataErrors } from './errors.ts';
import type { Intake } from './ingest/intake.ts';
import { sourcesSectionOver } from './sources-section.ts';

declare module '../flow/stage.ts' {
  interface Ports {
    readonly dataset: StepOutput;
  }
}

/** From files to clean documents. @param intake formats that the files may be in, and what reads them */
export function dataStageOver(intake: Intake) {
  return defineStage({
    name: 'data',
    sections: [sourcesSectionOver(intake.formats), dataSection],
    errors: dataErrors,
    plan: async (context) => (await import('./plan.ts')).planData(context, intake),
  });
}
