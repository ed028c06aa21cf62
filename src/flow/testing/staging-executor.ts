import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Digest } from '../../core/digest.ts';
import type { Exchange, Executor } from '../executor/executor.ts';
import { ProcessExecutor, type ProcessExecutorOptions } from '../executor/process-executor.ts';
import { openWorkspaces } from '../../store/workspaces.ts';

export interface StagingOptions extends Omit<ProcessExecutorOptions, 'workspaces' | 'keepDir'> {
  /** The second place; nothing outside of it is known to a task. */
  readonly stage: string;
}

/** Runs tasks as another machine would: whatever goes in or comes out is copied, and paths of the engine mean nothing there. */
export function stagingExecutor({ stage, projectDir, ...options }: StagingOptions): Executor {
  const [sources, keepDir, inputs, taken] = ['project', 'keep', 'inputs', 'taken'].map((name) =>
    join(stage, name),
  ) as [string, string, string, string];
  const workspaces = openWorkspaces(join(stage, 'tmp'));
  const inner = new ProcessExecutor({ ...options, projectDir: sources, keepDir, workspaces });
  return {
    async run(task, exchange, listener, signal) {
      await mkdir(keepDir, { recursive: true });
      await cp(projectDir, sources, { recursive: true, filter: (path) => !path.includes('.towpath') });
      const there: Exchange = {
        async open(digest: Digest) {
          const path = join(inputs, digest);
          await cp(await exchange.open(digest, signal), path, { recursive: true });
          return path;
        },
        async adopt(output, path) {
          const back = join(taken, output);
          await rm(back, { recursive: true, force: true });
          await cp(path, back, { recursive: true });
          return await exchange.adopt(output, back, signal);
        },
        leave: (name, path) => exchange.leave(name, path),
      };
      try {
        return await inner.run(task, there, listener, signal);
      } finally {
        await rm(inputs, { recursive: true, force: true });
      }
    },
    close: () => inner.close(),
  };
}
