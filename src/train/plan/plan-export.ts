import type { PlanNode } from '../../flow/plan.ts';
import type { StepOutput } from '../../flow/stage.ts';
import { agreementStep } from '../agreement/step.ts';
import { exportStep } from '../export/step.ts';
import type { JobEntry, Quantisation } from '../jobs/schema.ts';
import { trainerDigest } from '../python/trainer.ts';

interface Inputs {
  readonly tokens: StepOutput;
  /** Where the job starts from one: the generator, and the same in Hugging Face format. */
  readonly base?: { readonly model: StepOutput; readonly converted: StepOutput };
}

/** Digest of a program of the trainer, with what it runs with. */
export const trainerOf = (program: string): Promise<string> =>
  trainerDigest(`towpath_trainer.${program}`, 'requirements-train.txt');

/** What a job's result is exported as, each with the step that checks it against the result. */
export async function exportNodes(job: JobEntry, { tokens, base }: Inputs): Promise<PlanNode[]> {
  const result: StepOutput = { step: `train-${job.name}`, output: 'result' };
  const trainer = await trainerOf('export_model');
  const reference = await trainerOf('reference_tokens');
  const given = { result, ...(base && { base: base.converted, model: base.model }) };
  const check = (form: string, parts: Readonly<Record<string, StepOutput>>): PlanNode => ({
    ...{ name: `agreement-${job.name}-${form}`, kind: agreementStep },
    params: { name: job.name, trainer: reference },
    inputs: { result, tokens, ...(base && { base: base.converted }), ...parts },
  });
  const models = job.export.flatMap((quantisation): PlanNode[] => {
    const params = { name: job.name, kind: 'model', quantisation, trainer };
    const name = exportName(job, quantisation);
    const made = { name, kind: exportStep, params, inputs: given };
    return [made, check(quantisation, { model: { step: name, output: 'model' } })];
  });
  if (base === undefined || !isAdapter(job)) return models;
  const name = exportName(job, 'adapter');
  const params = { name: job.name, kind: 'adapter', trainer: await trainerOf('export_adapter') };
  return [
    { name, kind: exportStep, params, inputs: given },
    check('adapter', { model: base.model, adapter: { step: name, output: 'model' } }),
    ...models,
  ];
}

/** What of a job may be released: an adapter where it has made one, otherwise the model in this form. */
export function releasable(
  job: JobEntry,
  quantisation: Quantisation,
): { readonly kind: 'adapter' | 'model'; readonly model: StepOutput } {
  const kind = isAdapter(job) ? 'adapter' : 'model';
  const step = exportName(job, kind === 'adapter' ? 'adapter' : quantisation);
  return { kind, model: { step, output: 'model' } };
}

function exportName(job: JobEntry, form: Quantisation | 'adapter'): string {
  return `export-${job.name}-${form}`;
}

function isAdapter({ source, method }: JobEntry): boolean {
  return source === 'generator' && method === 'lora';
}
