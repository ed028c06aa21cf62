import { say, type Text } from '../../core/messages/message.ts';
import type { SectionProblem } from '../../project/section.ts';
import type { JobEntry } from './schema.ts';

/** What two settings of one job rule out together. */
export function jobProblems(
  job: JobEntry,
  at: readonly (string | number)[],
  whole: Readonly<Record<string, unknown>>,
): SectionProblem[] {
  const problems: SectionProblem[] = [];
  const add = (path: readonly string[], message: Text, accepted?: Text): void => {
    problems.push({ path: [...at, ...path], message, ...(accepted !== undefined && { accepted }) });
  };
  const { source, data, batch, model, loss } = job;
  if (!data.documents && data.examples.length === 0)
    add(['data'], say('section.nothing-to-learn', { job: job.name }), say('section.documents-or-examples'));
  if (data.documents && data.examples.length > 0)
    add(['data'], say('section.not-both'), say('section.two-jobs'));
  const each = batch.micro * job.processes;
  if (batch.sequences % each !== 0) {
    const message = say('section.sequences', { sequences: batch.sequences, each });
    add(['batch', 'sequences'], message, say('section.multiple', { each }));
  }
  if (source === 'generator') {
    const models = whole['models'] as { readonly generator?: unknown } | undefined;
    if (models !== undefined && models.generator === undefined)
      add(['source'], say('section.no-generator'), say('section.scratch-or-generator'));
  } else if (model.head === 'score' && job.export.length > 0) {
    add(['export'], say('section.no-form-score'), say('section.no-export-score'));
  } else if (model.architecture === 'transformer') {
    if (model.width % model.heads !== 0 || (model.width / model.heads) % 2 !== 0)
      add(['model', 'heads'], say('section.uneven-width', { width: model.width, heads: model.heads }));
    if (model.heads % model.kv_heads !== 0)
      add(['model', 'kv_heads'], say('section.uneven-heads', { heads: model.heads, shared: model.kv_heads }));
  } else if (job.export.length > 0) {
    add(['export'], say('section.no-form', { architecture: model.architecture }), say('section.no-export'));
  }
  const scores = loss.name === 'mean_squared_error';
  if (scores !== (source === 'scratch' && model.head === 'score'))
    add(['loss', 'name'], say('section.scores'));
  if (job.schedule.warmup > 0 && job.steps > 0 && job.schedule.warmup >= job.steps)
    add(
      ['schedule', 'warmup'],
      say('section.warmup', { steps: job.steps }),
      say('section.less-than', { most: job.steps }),
    );
  return problems;
}
