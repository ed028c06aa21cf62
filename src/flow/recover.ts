import type { Clock } from '../core/clock.ts';
import {
  identifyProcess,
  isAlive,
  pidOf,
  sharesProcessIds,
  type ProcessIdentity,
} from '../core/process-identity.ts';
import type { Store } from '../store/open.ts';
import type { RunRecord } from '../store/records/run-records.ts';
import type { EngineLocks } from './engine-lock.ts';

/** Runs that engines of this very process are taking through; a run of ours that is not here was given up. */
export const activeRuns = new Set<string>();

/**
 * Ends what dead engines left: kills the process groups of their steps and marks their runs interrupted. What those
 * runs had finished stays in the cache. A run whose engine cannot be looked for from here is left alone: it may be
 * alive. Returns the interrupted runs.
 */
export async function recover(
  { records, workspaces }: Pick<Store, 'records' | 'workspaces'>,
  clock: Clock,
  engines: EngineLocks,
): Promise<RunRecord[]> {
  const own = identifyProcess();
  const interrupted: RunRecord[] = [];
  for (const run of await records.runs.list({ status: 'running', limit: 1000 })) {
    const { engine, startedAt } = run;
    if (engine === own ? activeRuns.has(run.id) : engines.livenessOf(engine, startedAt) !== 'dead') continue;
    for (const step of await records.runs.steps(run.id)) {
      if (step.status === 'running' && step.process !== undefined) killGroup(step.process);
    }
    await records.results.releaseAll(run.id);
    const end = { status: 'interrupted', at: clock.now(), steps: 'interrupted' } as const;
    if (await records.runs.finish(run.id, end)) interrupted.push(run);
    if (engine === own) continue;
    await workspaces.sweep(engine);
    engines.forget(engine);
  }
  return interrupted;
}

/** Kills a step's process group: only when its leader is the very process on record, or is gone and left its group. */
function killGroup(leader: ProcessIdentity): void {
  const pid = pidOf(leader);
  if (pid === undefined) return;
  // No new process gets an id that still names a group, so with nobody under that id the group is the old one.
  if (!isAlive(leader) && (!sharesProcessIds(leader) || identifyProcess(pid) !== undefined)) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // nobody is left
  }
}
