import type { StageContext, StagePlan } from '../../flow/stage.ts';
import { trainerDigest } from '../python/trainer.ts';
import { embedderStep } from './embedder/step.ts';
import type { ModelsSettings } from './section.ts';
import { modelStep } from './step.ts';

export function planModels({
  values: { models },
  add,
}: StageContext<{ readonly models: ModelsSettings }>): StagePlan {
  return {
    gives: {
      generator: () =>
        models.generator && add({ name: 'model', kind: modelStep, params: models.generator })('model'),
      async embedder() {
        if (models.embedder === undefined) return undefined;
        const { languages, ...entry } = models.embedder;
        const trainer = await trainerDigest('towpath_trainer.convert_embedder', 'requirements.txt');
        const embedder = add({ name: 'embedder', kind: embedderStep, params: { ...entry, trainer } });
        return { model: embedder('model'), ...(languages && { languages }) };
      },
    },
  };
}
