import { join } from 'node:path';
import type { Workspaces } from '../../store/workspaces.ts';
import type { Exchange, Executor, StepTask, TaskListener, TaskOutcome } from './executor.ts';
import { placeTask, takeOutputs, type PlacedTask, type Places } from './placed-task.ts';
import { StepChild, type ChildOptions, type ProcessOutcome } from './step-child.ts';

export interface ProcessExecutorOptions extends Omit<ChildOptions, 'memory'>, Omit<Places, 'workspace'> {
  readonly workspaces: Workspaces;
  /** Steps that one process may run before it is replaced. @default 100 */
  readonly reuse?: number;
}

interface WarmChild {
  readonly child: StepChild;
  readonly used: number;
}

/**
 * Runs steps as child processes of this machine.
 *
 * A process that ended a step cleanly - no timer, socket, child or changed environment left, heap small - may run
 * another one of the same kind, code version and memory limit: starting Node.js costs 40 to 100 ms, loading native
 * libraries more. Steps are pure functions and only ever meet module state that their own code made; a step that fails,
 * is cancelled or leaves anything behind takes its process with it, and a kind can ask for a fresh one (`fresh`).
 */
export class ProcessExecutor implements Executor {
  readonly #options: ProcessExecutorOptions;
  readonly #warm = new Map<string, WarmChild[]>();

  constructor(options: ProcessExecutorOptions) {
    this.#options = options;
  }

  async run(
    task: StepTask,
    exchange: Exchange,
    listener: TaskListener,
    signal: AbortSignal,
  ): Promise<TaskOutcome> {
    const { workspaces, projectDir, keepDir } = this.#options;
    const workspace = await workspaces.create();
    try {
      const placed = await placeTask(task, exchange, { workspace, projectDir, keepDir }, signal);
      const outcome = await this.#inProcess(placed, listener, signal);
      if (outcome.type === 'failed' && task.leaves !== undefined)
        await exchange.leave(task.leaves, join(placed.scratch, task.leaves));
      if (outcome.type !== 'done') return outcome;
      return { ...outcome, outputs: await takeOutputs(placed, exchange, signal) };
    } finally {
      await workspaces.remove(workspace).catch(() => undefined);
    }
  }

  async #inProcess(task: PlacedTask, listener: TaskListener, signal: AbortSignal): Promise<ProcessOutcome> {
    const pool = `${task.kind} ${task.code} ${String(task.memory)}`;
    const { child, used } = (task.fresh ? undefined : this.#take(pool)) ?? {
      child: await StepChild.start({ ...this.#options, memory: task.memory }),
      used: 0,
    };
    try {
      await listener.started(child.identity);
    } catch (error) {
      await child.end();
      throw error;
    }
    const { outcome, reusable } = await child.run(task, listener, signal);
    if (reusable && !task.fresh && used + 1 < (this.#options.reuse ?? 100))
      this.#keep(pool, { child, used: used + 1 });
    else if (reusable) await child.end();
    return outcome;
  }

  async close(): Promise<void> {
    const all = [...this.#warm.values()].flat();
    this.#warm.clear();
    await Promise.all(all.map(({ child }) => child.end()));
  }

  #take(pool: string): WarmChild | undefined {
    const kept = this.#warm.get(pool);
    for (let warm = kept?.pop(); warm; warm = kept?.pop()) if (warm.child.usable) return warm;
    return undefined;
  }

  #keep(pool: string, warm: WarmChild): void {
    const kept = this.#warm.get(pool) ?? [];
    this.#warm.set(pool, [...kept, warm]);
  }
}
