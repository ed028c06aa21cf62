import { lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import type { ArtifactInfo } from '../../store/artifacts/artifact-store.ts';
import type { StepInput } from '../step.ts';
import type { Exchange, StepTask } from './executor.ts';

/** Where an executor on this machine runs a task. */
export interface Places {
  /** An empty folder for this attempt alone. */
  readonly workspace: string;
  readonly projectDir: string;
  readonly keepDir: string;
}

/** A task with the paths of the machine that it runs on. */
export interface PlacedTask extends Omit<StepTask, 'inputs' | 'outputs'> {
  readonly inputs: Readonly<Record<string, StepInput>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly scratch: string;
  readonly projectDir: string;
  readonly keepDir: string;
}

/** Brings a task's inputs in and makes the places that it writes to. */
export async function placeTask(
  task: StepTask,
  exchange: Exchange,
  { workspace, projectDir, keepDir }: Places,
  signal: AbortSignal,
): Promise<PlacedTask> {
  const inputs: Record<string, StepInput> = {};
  for (const [name, digest] of Object.entries(task.inputs))
    inputs[name] = { digest, path: await exchange.open(digest, signal) };
  const scratch = join(workspace, 'scratch');
  await mkdir(scratch);
  await mkdir(join(workspace, 'out'));
  const outputs = Object.fromEntries(task.outputs.map((name) => [name, join(workspace, 'out', name)]));
  return { ...task, inputs, outputs, scratch, projectDir, keepDir };
}

/** Hands over what a task wrote, when all of it is there. @throws TOW_FLOW_STEP_OUTPUT_MISSING */
export async function takeOutputs(
  { step, outputs }: PlacedTask,
  exchange: Exchange,
  signal: AbortSignal,
): Promise<Readonly<Record<string, ArtifactInfo>>> {
  for (const [output, path] of Object.entries(outputs)) {
    if (await lstat(path).catch(() => undefined)) continue;
    throw new TowpathError('TOW_FLOW_STEP_OUTPUT_MISSING', say('flow.no-output', { step, output }), {
      where: say('where.step', { step }),
    });
  }
  const taken: Record<string, ArtifactInfo> = {};
  for (const [output, path] of Object.entries(outputs))
    taken[output] = await exchange.adopt(output, path, signal);
  return taken;
}
