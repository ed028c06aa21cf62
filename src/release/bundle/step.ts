import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { digestSchema } from '../../core/digest-schema.ts';
import type { ReleaseManifest } from '../../contract/release-manifest.ts';
import { defineStep, requiredInput, type StepInput } from '../../flow/step.ts';
import { parseManifest, serialiseManifest, servingSchema } from '../../contract/release-manifest.ts';
import { adapterReference, assertAnswersFrom, assertReportPassed, modelReference } from './inputs.ts';

const params = z.strictObject({
  project: z.string().min(1),
  /** Texts of the prompts, by language. */
  prompts: z.record(z.string(), z.string()),
  serving: servingSchema,
  /** Digest over the code of every step that made the parts. */
  code: digestSchema,
});

/**
 * Bundles the parts of a release into its manifest. Who made it and when is no part of it: equal parts are the same
 * release. The input `verdict` is there to make this step wait for `evaluate.gate`.
 */
export const bundleStep = defineStep({
  name: 'release.bundle',
  module: import.meta.url,
  exportName: 'bundleStep',
  params,
  inputs: ['dataset', 'index', 'report', 'answers'],
  optionalInputs: ['model', 'adapter', 'embedder', 'verdict'],
  outputs: ['release'],
  timeout: 60_000,
  async run(context) {
    const { inputs, params: settings } = context;
    const required = (name: string): StepInput => requiredInput(inputs, name);
    const [index, report, answers] = [required('index'), required('report'), required('answers')];
    await assertReportPassed(report.path);
    await assertAnswersFrom(index.digest, answers.path);
    const { model, adapter: trained, embedder } = inputs;
    const generator = model === undefined ? undefined : await modelReference(model);
    const adapter = trained === undefined ? undefined : await adapterReference(trained, generator);
    const manifest: ReleaseManifest = {
      project: settings.project,
      dataset: required('dataset').digest,
      index: index.digest,
      models: {
        ...(generator && { generator }),
        ...(adapter && { adapter }),
        ...(embedder !== undefined && { embedder: await modelReference(embedder) }),
      },
      prompts: settings.prompts,
      serving: settings.serving,
      report: report.digest,
      answers: answers.digest,
      code: settings.code,
    };
    const text = serialiseManifest(manifest);
    parseManifest(text);
    await writeFile(context.outputs.release ?? '', text);
    return { dataset: manifest.dataset, index: manifest.index, report: manifest.report };
  },
});
