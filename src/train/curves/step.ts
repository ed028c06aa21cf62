import { mkdir } from 'node:fs/promises';
import { z } from 'zod';
import { say } from '../../core/messages/message.ts';
import { defineStep, requiredInput } from '../../flow/step.ts';
import { trialsFormat } from '../search/trials.ts';
import { readHistory } from './history.ts';
import { writeCurves, type CurvesReport } from './report.ts';

/** As many as a project may have. */
const mostJobs = 50;

/**
 * `train.curves`: the curves of all jobs together (`curves.json`), without words for people. The history of the first job
 * in `jobs` is the input `history_1`, and so on; `trials` is a search's.
 */
export const curvesStep = defineStep({
  name: 'train.curves',
  module: import.meta.url,
  exportName: 'curvesStep',
  params: z.strictObject({ jobs: z.array(z.string()).min(1).max(mostJobs) }),
  inputs: [],
  optionalInputs: [...Array.from({ length: mostJobs }, (_, at) => historyInput(at)), 'trials'],
  outputs: ['curves'],
  async run({ params, inputs, outputs, progress }) {
    const folder = outputs['curves'] ?? '';
    await mkdir(folder, { recursive: true });
    const jobs = [];
    for (const [at, name] of params.jobs.entries()) {
      progress({
        done: at,
        total: params.jobs.length,
        unit: 'files',
        note: say('curves.reading-job', { job: name }),
      });
      jobs.push(await readHistory(name, requiredInput(inputs, historyInput(at)).path));
    }
    const trials = inputs['trials']?.path;
    const report: CurvesReport = {
      jobs,
      ...(trials !== undefined && { search: await trialsFormat.read(trials) }),
    };
    await writeCurves(folder, report);
    const losses = jobs.map(({ name, summary }): [string, number | null] => [
      name,
      summary.best?.validation_loss ?? null,
    ]);
    return { jobs: jobs.length, validation_loss: Object.fromEntries(losses) };
  },
});

function historyInput(at: number): string {
  return `history_${String(at + 1)}`;
}
