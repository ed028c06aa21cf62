import type { PlanInput, PlanNode } from '../../flow/plan.ts';
import { exportStep } from '../../train/export/step.ts';
import type { JobEntry, Quantisation } from '../../train/jobs/schema.ts';
import { trainerDigest } from '../../train/python/trainer.ts';
import { agreementStep } from '../../train/agreement/step.ts';

/** A trained model as the rest of the flow takes it. */
export interface TrainedPart {
  readonly job: string;
  /** An adapter is served over `models.generator`; a model in its place. */
  readonly kind: 'adapter' | 'model';
  readonly input: PlanInput;
}

interface Inputs {
  readonly tokens: PlanInput;
  /** The base in Hugging Face format, where the job starts from one. */
  readonly base?: PlanInput;
}

/** Digest of a program of the trainer, with what it runs with. */
export const trainerOf = (program: string): Promise<string> =>
  trainerDigest(`towpath_trainer.${program}`, 'requirements-train.txt');

/** What a job's result is exported as, each with the step that checks it against the result. */
export async function exportNodes(job: JobEntry, { tokens, base }: Inputs): Promise<PlanNode[]> {
  const result: PlanInput = { step: `train-${job.name}`, output: 'result' };
  const trainer = await trainerOf('export_model');
  const reference = await trainerOf('reference_tokens');
  const given = { result, ...(base && { base, model: { step: 'model', output: 'model' } }) };
  const check = (form: string, parts: Readonly<Record<string, PlanInput>>): PlanNode => ({
    ...{ name: `agreement-${job.name}-${form}`, kind: agreementStep },
    params: { name: job.name, trainer: reference },
    inputs: { result, tokens, ...(base && { base }), ...parts },
  });
  const models = job.export.flatMap((quantisation): PlanNode[] => {
    const params = { name: job.name, kind: 'model', quantisation, trainer };
    const name = `export-${job.name}-${quantisation}`;
    const made = { name, kind: exportStep, params, inputs: given };
    return [made, check(quantisation, { model: { step: name, output: 'model' } })];
  });
  if (!isAdapter(job)) return models;
  const name = `export-${job.name}-adapter`;
  const params = { name: job.name, kind: 'adapter', trainer: await trainerOf('export_adapter') };
  const over: PlanInput = { step: 'model', output: 'model' };
  return [
    { name, kind: exportStep, params, inputs: given },
    check('adapter', { model: over, adapter: { step: name, output: 'model' } }),
    ...models,
  ];
}

/** What of a job may be released. */
export function trainedPart(job: JobEntry, quantisation: Quantisation): TrainedPart {
  const kind = isAdapter(job) ? 'adapter' : 'model';
  const form = kind === 'adapter' ? 'adapter' : quantisation;
  return { job: job.name, kind, input: { step: `export-${job.name}-${form}`, output: 'model' } };
}

function isAdapter({ source, method }: JobEntry): boolean {
  return source === 'generator' && method === 'lora';
}
