import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { datasetCardFormat, type DatasetCard } from '../../contract/dataset-card.ts';
import { reportFormat, type EvaluationReport } from '../../contract/evaluation-report.ts';
import { modelFormat, type ModelRecord } from '../../contract/model-artifact.ts';
import { digestFile } from '../../core/digest.ts';
import { defineStep, requiredInput, type StepContext } from '../../flow/step.ts';
import { readHistory } from '../curves/history.ts';
import { trainerVersion } from '../python/trainer.ts';
import { trialsFormat } from '../search/trials.ts';
import { tokensFormat } from '../tokens/manifest.ts';
import { summaryFormat } from '../fit/summary.ts';
import { lossesOf, searchOf, type ModelCard } from './card.ts';
import { renderCard } from './markdown.ts';

/**
 * `train.card`: what a trained model is, what it was made from and how, as `card.md` in the manner of the Hugging Face
 * Hub and as `card.json`. `model` is the base as it was fetched; `report` an evaluation of the service with the model.
 */
export const cardStep = defineStep({
  name: 'train.card',
  module: import.meta.url,
  exportName: 'cardStep',
  /** `trainer`: what `train.fit` or `train.search` ran with. */
  params: z.strictObject({ name: z.string(), trainer: trainerVersion }),
  inputs: ['history', 'tokens'],
  optionalInputs: ['report', 'model', 'dataset', 'trials'],
  outputs: ['card'],
  timeout: 10 * 60_000,
  async run({ params, inputs, outputs }) {
    const card = await gather(params, inputs);
    const folder = outputs['card'] ?? '';
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'card.md'), renderCard(card));
    await writeFile(join(folder, 'card.json'), `${JSON.stringify(card, null, 2)}\n`);
    const { kind, base, training } = card;
    return {
      kind,
      base: base?.name ?? null,
      licence: base?.licence ?? null,
      seconds: training.seconds,
      energy_joules: training.energy_joules,
    };
  },
});

async function gather(
  { name, trainer }: { readonly name: string; readonly trainer: string },
  inputs: StepContext<unknown>['inputs'],
): Promise<ModelCard> {
  const { report, model, dataset, trials } = inputs;
  const history = requiredInput(inputs, 'history').path;
  const tokens = requiredInput(inputs, 'tokens');
  const job = (await summaryFormat.read(history)).job;
  const read = await readHistory(name, history);
  return {
    schema: 1,
    name,
    kind: job.source === 'generator' && job.method === 'lora' ? 'adapter' : 'model',
    base:
      job.source === 'scratch' || model === undefined ? null : baseFacts(await modelFormat.read(model.path)),
    data: {
      tokens: {
        ...(await tokensFormat.read(tokens.path)),
        artifact: tokens.digest,
        manifest_sha256: await digestFile(join(tokens.path, tokensFormat.file)),
      },
      dataset:
        dataset === undefined
          ? null
          : { ...datasetFacts(await datasetCardFormat.read(dataset.path)), artifact: dataset.digest },
    },
    job,
    trainer,
    training: read.summary,
    losses: lossesOf(read),
    search: trials === undefined ? null : searchOf(await trialsFormat.read(trials.path)),
    evaluation: report === undefined ? null : evaluationFacts(await reportFormat.read(report.path)),
  };
}

function baseFacts({ name, licence, origin, sha256 }: ModelRecord): ModelCard['base'] {
  return { name, licence, origin, sha256 };
}

function datasetFacts({
  documents,
  languages,
  splits,
}: DatasetCard): Pick<DatasetCard, 'documents' | 'languages' | 'splits'> {
  return { documents, languages, splits };
}

function evaluationFacts({ verdict, suites, metrics }: EvaluationReport): ModelCard['evaluation'] {
  return {
    ...{ verdict, suites },
    metrics: metrics.map(({ name, language, unit, figure, low, high, questions }) => ({
      ...{ name, ...(language !== undefined && { language }), unit, figure, low, high, questions },
    })),
  };
}
