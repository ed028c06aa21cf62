import type { SectionProblem } from '../../project/section.ts';
import type { JobEntry } from './schema.ts';

/** What two settings of one job rule out together. */
export function jobProblems(
  job: JobEntry,
  at: readonly (string | number)[],
  whole: Readonly<Record<string, unknown>>,
): SectionProblem[] {
  const problems: SectionProblem[] = [];
  const add = (path: readonly string[], message: string, accepted?: string): void => {
    problems.push({ path: [...at, ...path], message, ...(accepted !== undefined && { accepted }) });
  };
  const { source, data, batch, model, loss } = job;
  if (!data.documents && data.examples.length === 0)
    add(['data'], `job ${job.name} has nothing to learn from`, 'documents: true, or examples');
  if (data.documents && data.examples.length > 0)
    add(['data'], 'learn from documents or from examples, not from both in one job', 'two jobs');
  const each = batch.micro * job.processes;
  if (batch.sequences % each !== 0) {
    const message = `${String(batch.sequences)} sequences are no multiple of micro × processes = ${String(each)}`;
    add(['batch', 'sequences'], message, `a multiple of ${String(each)}`);
  }
  if (source === 'generator') {
    const { generator } = whole['models'] as { readonly generator?: unknown };
    if (generator === undefined)
      add(['source'], 'there is no models.generator to start from', 'source: scratch, or a models.generator');
  } else if (model.head === 'score' && job.export.length > 0) {
    add(['export'], 'llama.cpp has no form for a model that scores', 'no export for head: score');
  } else if (model.architecture === 'transformer') {
    if (model.width % model.heads !== 0 || (model.width / model.heads) % 2 !== 0)
      add(
        ['model', 'heads'],
        `width ${String(model.width)} does not split into ${String(model.heads)} even heads`,
      );
    if (model.heads % model.kv_heads !== 0)
      add(
        ['model', 'kv_heads'],
        `${String(model.heads)} heads do not share ${String(model.kv_heads)} evenly`,
      );
  } else if (job.export.length > 0) {
    add(['export'], `llama.cpp has no form for ${model.architecture}`, 'no export for recurrent models');
  }
  const scores = loss.name === 'mean_squared_error';
  if (scores !== (source === 'scratch' && model.head === 'score'))
    add(['loss', 'name'], 'mean_squared_error and model.head: score go together, from scratch only');
  if (job.schedule.warmup > 0 && job.steps > 0 && job.schedule.warmup >= job.steps)
    add(
      ['schedule', 'warmup'],
      `warm-up takes all ${String(job.steps)} steps`,
      `less than ${String(job.steps)}`,
    );
  return problems;
}
