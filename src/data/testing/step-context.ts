import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Progress } from '../../contract/progress.ts';
import { seededRandom } from '../../core/random.ts';
import type { StepContext } from '../../flow/step.ts';
import { stepInputs } from '../../flow/testing/inputs.ts';

export interface TestContext<P> {
  readonly context: StepContext<P>;
  readonly progress: Progress[];
  readonly logs: string[];
}

/** A new folder with the given files in it. */
export async function folderWith(files: Record<string, string | Uint8Array> = {}): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'towpath-data-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content);
  }
  return dir;
}

/** What a step sees, made without the engine. */
export async function testContext<P>(
  params: P,
  options: {
    readonly projectDir?: string;
    readonly inputs?: Record<string, string>;
    readonly outputs: readonly string[];
    readonly cores?: number;
    readonly signal?: AbortSignal;
  },
): Promise<TestContext<P>> {
  const work = await folderWith();
  const scratch = join(work, 'scratch');
  const keepDir = join(work, 'keep');
  await mkdir(scratch);
  await mkdir(keepDir);
  const progress: Progress[] = [];
  const logs: string[] = [];
  const context: StepContext<P> = {
    params,
    inputs: stepInputs(options.inputs ?? {}),
    outputs: Object.fromEntries(options.outputs.map((name) => [name, join(work, name)])),
    scratch,
    projectDir: options.projectDir ?? work,
    keepDir,
    random: seededRandom(1),
    cores: options.cores ?? 1,
    signal: options.signal ?? new AbortController().signal,
    metric: () => undefined,
    progress: (each) => void progress.push(each),
    log: (line) => void logs.push(line),
  };
  return { context, progress, logs };
}
