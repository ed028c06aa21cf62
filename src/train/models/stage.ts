import type { Language } from '../../core/language.ts';
import { defineStage } from '../../flow/stage.ts';
import { trainErrors } from '../errors.ts';
import { modelsSection } from './section.ts';

declare module '../../flow/stage.ts' {
  interface Ports {
    /** The model that writes, where the project has one. */
    readonly generator: StepOutput | undefined;
    /** The model that makes vectors, where the project has one, and the languages it is for: all, when absent. */
    readonly embedder: { readonly model: StepOutput; readonly languages?: readonly Language[] } | undefined;
  }
}

/** Where weights come from. */
export const modelsStage = defineStage({
  name: 'models',
  sections: [modelsSection],
  errors: trainErrors,
  plan: async (context) => (await import('./plan.ts')).planModels(context),
});
