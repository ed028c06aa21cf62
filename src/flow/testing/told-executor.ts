import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactInfo } from '../../store/artifacts/artifact-store.ts';
import type { Exchange, Executor, StepTask, TaskListener, TaskOutcome } from '../executor/executor.ts';

interface Told {
  readonly task: StepTask;
  readonly exchange: Exchange;
  readonly listener: TaskListener;
  readonly signal: AbortSignal;
  /** Ends the task as one that wrote this to every output. @default its name */
  readonly done: (text?: string) => Promise<TaskOutcome>;
}

/** What a task does, where it is not to end at once. */
export type Act = (told: Told) => Promise<TaskOutcome>;

/** An executor without processes: tests tell it how tasks end, so that what the engine makes of it can be seen. */
export function toldExecutor(dir: string, acts: Readonly<Record<string, Act>> = {}) {
  const tasks: StepTask[] = [];
  let closed = 0;
  const executor: Executor = {
    async run(task, exchange, listener, signal) {
      tasks.push(task);
      const workspace = await mkdtemp(join(dir, 'told-'));
      const done = async (text = task.step): Promise<TaskOutcome> => {
        const outputs: Record<string, ArtifactInfo> = {};
        for (const name of task.outputs) {
          await mkdir(join(workspace, 'out'), { recursive: true });
          await writeFile(join(workspace, 'out', name), text);
          outputs[name] = await exchange.adopt(name, join(workspace, 'out', name), signal);
        }
        return { type: 'done', facts: { length: text.length }, outputs };
      };
      try {
        await listener.started(undefined);
        return await (acts[task.step]?.({ task, exchange, listener, signal, done }) ?? done());
      } finally {
        await rm(workspace, { recursive: true, force: true });
      }
    },
    close: () => Promise.resolve(void (closed += 1)),
  };
  return { executor: () => executor, tasks, closed: () => closed };
}
