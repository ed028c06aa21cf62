import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { matchFiles } from '../data/ingest/list-sources.ts';
import type { Environment } from '../project/trust/trust-file.ts';
import { readTrust } from '../project/trust/trust.ts';
import type { LoadedProject } from './stages.ts';
import type { FileStates } from './watch-files.ts';

/**
 * The state of every file that a run of the project reads: the project file, sources, suites, glossary; and of what says
 * whether it may read them.
 */
export async function watchedFiles(
  { dir, file, values }: LoadedProject,
  env: Environment,
): Promise<FileStates> {
  const sources = await Promise.all(values.sources.map((source) => matchFiles(dir, source)));
  const named = [
    ...values.evaluate.suites,
    ...(values.qa.glossary === undefined ? [] : [values.qa.glossary]),
  ];
  const paths = [...new Set([...sources.flat(), ...named])];
  const states = new Map<string, string>();
  await Promise.all([
    ...paths.map(async (path) => states.set(path, await stateOf(resolve(dir, path)))),
    stateOf(file).then((state) => states.set('towpath.yaml', state)),
    trustOf(dir, env).then((state) => states.set('trust.json', state)),
  ]);
  return states;
}

async function stateOf(path: string): Promise<string> {
  try {
    const { size, mtimeMs, ino } = await stat(path);
    return `${String(ino)}:${String(size)}:${String(mtimeMs)}`;
  } catch {
    return 'missing';
  }
}

/** What this project is trusted with: what others are is no reason to run. */
async function trustOf(dir: string, env: Environment): Promise<string> {
  try {
    return JSON.stringify((await readTrust(dir, env)).grants);
  } catch {
    return 'missing';
  }
}
