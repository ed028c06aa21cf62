import { delimiter, join } from 'node:path';
import { z } from 'zod';
import type { CurvePoint } from '../../contract/curve.ts';
import { isErrorCode } from '../../core/errors/registry.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { isMessage, say, verbatim, type Message, type Text } from '../../core/messages/message.ts';
import type { ReportProgress } from '../../contract/progress.ts';
import { runChild, type ChildResult } from './child.ts';
import { trainerDir } from './trainer.ts';

/** A text that the program names; its English stands beside it. */
const said = z.custom<Message>(isMessage);
const progressLine = z.object({
  done: z.number(),
  total: z.number(),
  unit: z.enum(['files', 'steps', 'rows', 'documents', 'tokens', 'bytes']).default('files'),
  note: z.string(),
  text: said.optional(),
});
const metricLine = z.object({
  metric: z.object({ step: z.int() }).catchall(z.union([z.number(), z.string(), z.null()])),
});
const errorLine = z.object({
  code: z.string().refine(isErrorCode),
  message: z.string(),
  hint: z.string().nullable(),
  texts: z.object({ message: said, hint: said }).partial().default({}),
});

export interface TrainerRun {
  /** @default the trainer that travels with Towpath */
  readonly trainer?: string;
  /** Python of the environment, from `ensureEnvironment`. */
  readonly python: string;
  /** `towpath_trainer.convert_embedder` */
  readonly module: string;
  readonly args: readonly string[];
  /** What it works on, for messages. */
  readonly subject: Text;
  readonly signal: AbortSignal;
  readonly progress: ReportProgress;
  /** Threads of its libraries. @default as many as the machine has cores */
  readonly threads?: number;
  /** Milliseconds it may take to save its work when aborted. @default 0: it has nothing to save */
  readonly grace?: number;
  readonly onMetric?: (point: CurvePoint) => void;
  readonly log: (line: string) => void;
}

/**
 * Runs a program of the trainer: lines of JSON on its standard output are progress and metrics, everything else goes to
 * the log.
 *
 * @throws TowpathError with the code that the program names; TOW_TRAIN_MODEL_UNFIT when it says that its input is not
 *   what it takes, TOW_TRAIN_WORKER_LOST when it was killed, TOW_TRAIN_FAILED when it broke
 */
export async function runTrainer(run: TrainerRun): Promise<void> {
  const { python, module, args, subject, signal, progress, log, threads, grace, onMetric } = run;
  const { trainer = trainerDir } = run;
  let told: TowpathError | undefined;
  const result = await runChild(python, ['-m', module, ...args], {
    signal,
    silence: 15 * 60_000,
    ...(grace !== undefined && { grace }),
    env: {
      // Of this very Towpath: an environment may have been made by one that was installed elsewhere.
      PYTHONPATH: [join(trainer, 'src'), process.env['PYTHONPATH']].filter(Boolean).join(delimiter),
      PYTHONUTF8: '1',
      PYTHONUNBUFFERED: '1',
      // Nothing is ever fetched from a hub behind the project's back: models come from their listed places.
      HF_HUB_OFFLINE: '1',
      TOKENIZERS_PARALLELISM: 'true',
      // glibc gives large tensors back to the system and faults them in again at every step otherwise: 3 to 5 % slower.
      MALLOC_MMAP_THRESHOLD_: String(2 ** 34),
      MALLOC_TRIM_THRESHOLD_: String(2 ** 34),
      ...(threads !== undefined && { OMP_NUM_THREADS: String(threads), RAYON_NUM_THREADS: String(threads) }),
    },
    onLine(line, stream) {
      if (stream === 'stdout' && line.startsWith('{')) {
        const message = parseJson(line);
        const report = progressLine.safeParse(message);
        if (report.success) {
          const { text, ...told } = report.data;
          progress({ ...told, note: text ?? told.note });
          return;
        }
        const point = metricLine.safeParse(message);
        if (point.success) return onMetric?.(point.data.metric);
      }
      log(line);
      if (stream === 'stderr') told = errorIn(line, subject) ?? told;
    },
  });
  if (result.code === 0) return;
  throw (result.code === 3 ? told : undefined) ?? failure(result, subject, module);
}

function errorIn(line: string, subject: Text): TowpathError | undefined {
  if (!line.startsWith('error: ')) return undefined;
  const { data } = errorLine.safeParse(parseJson(line.slice('error: '.length)));
  if (data === undefined) return undefined;
  const { code, texts, message, hint } = data;
  const words = texts.message ?? message;
  const text =
    code === 'TOW_TRAIN_MODEL_UNFIT'
      ? say('training.unconvertible', { subject, why: words })
      : say('trainer.said', { subject, words });
  return new TowpathError(code, text, hint ? { hint: texts.hint ?? verbatim(hint) } : {});
}

function failure({ code, silent, tail }: ChildResult, subject: Text, program: string): TowpathError {
  const cause = new Error(tail.slice(-8).join('\n'));
  if (silent)
    return new TowpathError('TOW_TRAIN_FAILED', say('training.silent', { subject, program }), {
      cause,
    });
  if (/No module named '?torch'?/.test(cause.message))
    return new TowpathError('TOW_TRAIN_NO_TORCH', say('training.no-torch', { subject }), {
      cause,
    });
  if (/No space left on device|\[Errno 28\]/.test(cause.message)) {
    return new TowpathError('TOW_TRAIN_DISK_FULL', say('training.disk-full', { subject, program }), {
      cause,
    });
  }
  if (code === null || code === 137) {
    return new TowpathError('TOW_TRAIN_WORKER_LOST', say('training.killed', { subject, program }), {
      cause,
    });
  }
  return new TowpathError(
    'TOW_TRAIN_FAILED',
    say('training.ended', { subject, program, status: String(code) }),
    { cause },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
