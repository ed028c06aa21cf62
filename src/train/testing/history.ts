import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seededRandom } from '../../core/random.ts';
import { trainerJob, type TrainerJob } from '../jobs/schema.ts';

export interface FakeRun {
  readonly job?: TrainerJob;
  readonly steps?: number;
  readonly seed?: number;
  /** What the loss falls to. */
  readonly floor?: number;
  /** Step whose loss stands out. */
  readonly spike?: number;
  /** Nothing was held back to validate with. */
  readonly unvalidated?: boolean;
}

/** A history as the trainer writes it, of a run that was never made. */
export async function writeHistory(folder: string, run: FakeRun = {}): Promise<void> {
  const { steps = 200, seed = 1, floor = 2, spike, unvalidated = false } = run;
  const job = run.job ?? trainerJob.parse({ name: 'fake' });
  const random = seededRandom(seed);
  let best = null as { step: number; validation_loss: number } | null;
  const lines = Array.from({ length: steps }, (_, at) => {
    const step = at + 1;
    const loss = floor + 6 * Math.exp((-6 * at) / steps) + 0.3 * random();
    const validation = floor + 0.2 + 6 * Math.exp((-6 * at) / steps) + (0.5 * at) / steps;
    const validated = !unvalidated && step % Math.max(1, Math.floor(steps / 20)) === 0;
    if (validated && (best === null || validation < best.validation_loss))
      best = { step, validation_loss: validation };
    return {
      step,
      batch: at,
      loss: step === spike ? 12 : loss,
      ...(validated && { validation_loss: validation }),
      rate: 3e-4 * Math.min(1, (step / steps) * 10) * (0.55 + 0.45 * Math.cos((Math.PI * at) / steps)),
      norm: 0.5 + 2 * random() * Math.exp((-2 * at) / steps),
      tokens_per_second: 3000 + 200 * random(),
      mfu: null,
      memory: 4e8,
      waited: 0.0001,
    };
  });
  const summary = {
    schema: 1,
    job,
    ...{ steps, best, result: best === null ? 'last' : 'best', stopped: 'finished' },
    parameters: { all: 134_515_008, trainable: 4_884_480 },
    ...{ tokens: steps * 4096, seconds: steps * 1.4, waited_seconds: steps * 0.0001, energy_joules: 81_000 },
    ...{ device: 'cpu', precision: 'float32', threads: 2, micro: 8, skipped: [] },
    versions: { python: '3.11.7', torch: '2.13.0', transformers: '5.24.0', peft: '0.21.2' },
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'metrics.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  await writeFile(join(folder, 'summary.json'), JSON.stringify(summary));
}

/** The trials of a search over three settings, the last of them failed; `note` is its reason. */
export async function writeTrials(folder: string, count: number, note: string): Promise<void> {
  const random = seededRandom(3);
  const trials = Array.from({ length: count }, (_, at) => {
    const rate = 10 ** (-4 + 3 * random());
    const layers = 1 + Math.floor(6 * random());
    const name = random() < 0.5 ? 'cosine' : 'linear';
    const aim = 2 + Math.abs(Math.log10(rate) + 2.3) + 0.5 / layers;
    const failed = at === count - 1;
    const length = failed ? 2 : aim > 2.6 && at > 0 ? 3 + Math.floor(4 * random()) : 20;
    const validations = Array.from({ length }, (__, of): [number, number] => [
      10 * (of + 1),
      aim + 4 * Math.exp(-0.4 * of),
    ]);
    return {
      number: at + 1,
      settings: { 'optimiser.learning_rate': rate, 'model.layers': layers, 'schedule.name': name },
      state: failed ? 'failed' : length === 20 ? 'complete' : 'pruned',
      steps: 10 * length,
      validation_loss: validations.at(-1)?.[1] ?? null,
      seconds: 3.5 * length,
      ...(failed && { reason: note }),
      validations,
    };
  });
  const complete = trials.filter(({ state }) => state === 'complete');
  const best = complete.reduce((a, b) => ((b.validation_loss ?? 0) < (a.validation_loss ?? 0) ? b : a));
  const ranges = {
    'optimiser.learning_rate': { from: 1e-4, to: 0.1, scale: 'log', whole: false },
    'model.layers': { from: 1, to: 6, scale: 'linear', whole: true },
    'schedule.name': ['cosine', 'linear'],
  };
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'trials.json'),
    JSON.stringify({ schema: 1, job: 'fake', ranges, trials, best: best.number }),
  );
}
