import type { Digest } from '../../core/digest.ts';
import type { ExternalFile } from '../../flow/plan.ts';
import type { StageContext } from '../../flow/stage.ts';
import type { ServedPrompts } from '../../text/answer-prompt.ts';
import type { JobEntry } from '../jobs/schema.ts';
import type { TrainSettings } from '../jobs/section.ts';
import type { Shape } from '../rows/example.ts';
import { largestExamples, type SourceFile } from '../rows/source-file.ts';

export type TrainContext = StageContext<{ readonly train: TrainSettings }>;

interface RowParams {
  readonly documents: boolean;
  readonly examples: readonly SourceFile[];
  readonly services: ServedPrompts;
  readonly shape: Shape;
}

/** What the jobs of a project learn from, as the steps that read it take it. */
export interface TrainingRows {
  /** Evaluation suites, which examples must not repeat. */
  readonly suites: readonly ExternalFile[];
  of(job: JobEntry): { readonly params: RowParams; readonly external: readonly ExternalFile[] };
  tokensOf(job: JobEntry): Readonly<Record<string, unknown>>;
}

/** @throws what the opener of files does when an examples file cannot be read */
export async function trainingRows({ trust, values, need }: TrainContext): Promise<TrainingRows> {
  const suites = await need('suites');
  // Training sees what serving sends: the same instruction, the same words when nothing is said.
  const services = (await need('answering')).prompts;
  const paths = [...new Set(values.train.jobs.flatMap(({ data }) => data.examples))];
  const digests = new Map(
    await Promise.all(
      paths.map(async (path) => [path, await (await trust.open(path, largestExamples)).digest()] as const),
    ),
  );
  const files = (job: JobEntry): { path: string; digest: Digest }[] =>
    job.data.examples.flatMap((path) => {
      const digest = digests.get(path);
      return digest === undefined ? [] : [{ path, digest }];
    });
  return {
    suites,
    of: (job) => ({
      params: { documents: job.data.documents, examples: files(job), services, shape: shapeOf(job) },
      external: files(job).map(({ path, digest }) => ({ name: path, label: path, digest })),
    }),
    tokensOf(job) {
      const isText = shapeOf(job) === 'text';
      return {
        suites: suites.map(({ label, digest }) => ({ path: label, digest })),
        context: job.context,
        loss_on: isText ? 'all' : job.data.loss_on,
        pack: isText || job.data.pack,
      };
    },
  };
}

function shapeOf({ data, loss }: JobEntry): Shape {
  if (loss.name === 'mean_squared_error') return 'scores';
  return data.documents ? 'text' : 'rows';
}
