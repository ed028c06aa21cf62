import type { StepContext } from '../../flow/step.ts';
import { ensureEnvironment, placesOf, type List } from './environment.ts';
import { runTrainer, type TrainerRun } from './run-trainer.ts';

type Program = Pick<TrainerRun, 'module' | 'args' | 'subject' | 'grace'> & {
  /** What it needs of Python. @default "train" */
  readonly list?: List;
};

/**
 * Runs a program of the trainer for a step, in the user's Python environment, which is made when it is not
 * there: its progress, points of curves and lines become the step's.
 *
 * @throws what `ensureEnvironment` and `runTrainer` do
 */
export async function runProgram(
  context: StepContext<unknown>,
  { list = 'train', ...program }: Program,
): Promise<void> {
  const { projectDir, signal, cores: threads } = context;
  const report = { signal, progress: context.progress.bind(context), log: context.log.bind(context) };
  const places = await placesOf(projectDir, process.env, report.log);
  const python = await ensureEnvironment({ ...places, list, ...report });
  await runTrainer({ ...program, ...report, python, threads, onMetric: context.metric.bind(context) });
}
