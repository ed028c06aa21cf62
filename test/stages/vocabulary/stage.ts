import { z } from 'zod';
import { errorCodes } from '../../../src/core/errors/entry.ts';
import { defineStage } from '../../../src/flow/stage.ts';
import type { StepKind } from '../../../src/flow/step.ts';
import type { Section } from '../../../src/project/section.ts';

const errors = errorCodes({ TOW_VOCABULARY_EMPTY: { kind: 'user' } });

const module = new URL('step.mjs', import.meta.url).href;

const settings = z.strictObject({ most: z.int().min(1).default(10) });

const section: Section<'vocabulary', z.output<typeof settings>> = {
  key: 'vocabulary',
  schema: settings.prefault({}),
};

/** Counts the words of the dataset: a stage from outside of the program. */
export const vocabularyStage = defineStage({
  name: 'vocabulary',
  sections: [section],
  errors,
  plan({ values, need, add }) {
    return {
      async ends() {
        const { countStep } = (await import(module)) as { readonly countStep: StepKind };
        const dataset = await need('dataset');
        add({ name: 'vocabulary', kind: countStep, params: values.vocabulary, inputs: { dataset } });
      },
    };
  },
});
