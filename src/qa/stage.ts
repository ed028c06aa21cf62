import { defineStage } from '../flow/stage.ts';
import type { ServedPrompts } from '../text/answer-prompt.ts';
import { qaErrors } from './errors.ts';
import type { AnswerSettings } from './open-answering.ts';
import { qaSection } from './section.ts';

declare module '../flow/stage.ts' {
  interface Ports {
    /** How questions are answered, and what the model is told then. */
    readonly answering: { readonly settings: AnswerSettings; readonly prompts: ServedPrompts };
  }
}

/** How questions are answered. */
export const qaStage = defineStage({
  name: 'qa',
  sections: [qaSection],
  errors: qaErrors,
  plan: async (context) => (await import('./plan.ts')).planAnswering(context),
});
