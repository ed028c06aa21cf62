import { join } from 'node:path';

/** Where a project keeps its state; everything in it can be made again but the records and the releases. */
export interface StateFolder {
  readonly dir: string;
  readonly logs: string;
  /** Partial downloads and the Python environment: what survives between runs without changing a result. */
  readonly keep: string;
  /** The running service's record. */
  readonly serviceFile: string;
}

export function stateFolder(projectDir: string): StateFolder {
  const dir = join(projectDir, '.towpath');
  return {
    dir,
    logs: join(dir, 'logs'),
    keep: join(dir, 'keep'),
    serviceFile: join(dir, 'run', 'up.json'),
  };
}
