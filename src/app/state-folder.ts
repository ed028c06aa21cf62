import { basename, extname, join } from 'node:path';
import { projectFileName } from '../project/find.ts';

/** Where a project keeps its state; everything in it can be made again but the records and the releases. */
export interface StateFolder {
  readonly dir: string;
  readonly logs: string;
  /** Partial downloads and the Python environment: what survives between runs without changing a result. */
  readonly keep: string;
  /** Reports and curves for people, drawn when they are asked for. */
  readonly pages: string;
  /** The running service's record. */
  readonly serviceFile: string;
}

/** A project file of another name beside `towpath.yaml`, a variant to compare with, keeps its state apart. */
export function stateFolder(projectDir: string, file: string = projectFileName): StateFolder {
  const name = basename(file);
  const main = join(projectDir, '.towpath');
  const dir = name === projectFileName ? main : join(main, 'variants', basename(name, extname(name)));
  return {
    dir,
    logs: join(dir, 'logs'),
    keep: join(dir, 'keep'),
    pages: join(dir, 'pages'),
    serviceFile: join(dir, 'run', 'up.json'),
  };
}
