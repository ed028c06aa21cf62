import { z } from 'zod';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import type { ReportProgress } from '../../core/progress.ts';
import { runChild } from './child.ts';

const progressLine = z.object({ done: z.number(), total: z.number(), note: z.string() });

export interface TrainerRun {
  /** Python of the environment, from `ensureEnvironment`. */
  readonly python: string;
  /** `towpath_trainer.convert_embedder` */
  readonly module: string;
  readonly args: readonly string[];
  /** What it works on, for messages. */
  readonly subject: string;
  readonly signal: AbortSignal;
  readonly progress: ReportProgress;
  log(line: string): void;
}

/**
 * Runs a program of the trainer: lines of JSON on its standard output are progress, everything else goes to the log.
 *
 * @throws TowpathError TOW_TRAIN_MODEL_UNFIT when it says that its input is not what it takes,
 *   TOW_TRAIN_CONVERSION_FAILED when it fails otherwise
 */
export async function runTrainer({
  python,
  module,
  args,
  subject,
  signal,
  progress,
  log,
}: TrainerRun): Promise<void> {
  let unfit: string | undefined;
  const result = await runChild(python, ['-m', module, ...args], {
    signal,
    silence: 15 * 60_000,
    env: { PYTHONUTF8: '1', PYTHONUNBUFFERED: '1' },
    onLine(line, stream) {
      const report = stream === 'stdout' && line.startsWith('{') ? parseProgress(line) : undefined;
      if (report !== undefined) progress({ ...report, unit: 'files' });
      else log(line);
      if (stream === 'stderr' && line.startsWith('unfit: ')) unfit = line.slice('unfit: '.length);
    },
  });
  if (result.code === 0) return;
  if (result.code === 3 && unfit !== undefined) {
    throw new TowpathError('TOW_TRAIN_MODEL_UNFIT', `${subject} cannot be converted: ${unfit}`);
  }
  throw new TowpathError(
    'TOW_TRAIN_CONVERSION_FAILED',
    `${subject} cannot be converted: ${module} ended with ${String(result.code)}`,
    {
      cause: new Error(result.tail.slice(-5).join('\n')),
    },
  );
}

function parseProgress(line: string): z.infer<typeof progressLine> | undefined {
  try {
    return progressLine.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
