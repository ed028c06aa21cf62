import { defineStage } from '../flow/stage.ts';
import { releaseErrors } from './errors.ts';

/** What is served, bundled and named. */
export const releaseStage = defineStage({
  name: 'release',
  sections: [],
  errors: releaseErrors,
  plan: async (context) => (await import('./plan.ts')).planRelease(context),
});
