import { readdir, readFile, readlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestProject } from './project.ts';

/**
 * Every process that works for a project: it stands in the project's folder, as the command, its steps and its
 * replicas do, or was started by one that does.
 */
export async function processesOf({ dir }: Pick<TestProject, 'dir'>): Promise<number[]> {
  const found: number[] = [];
  for (const pid of (await readdir('/proc')).map(Number).filter((value) => value > 0)) {
    if (await belongs(pid, dir)) found.push(pid);
  }
  return found;
}

async function belongs(pid: number, dir: string): Promise<boolean> {
  const cwd = await readlink(`/proc/${String(pid)}/cwd`).catch(() => '');
  if (cwd !== dir && !cwd.startsWith(`${dir}/`)) return false;
  // One that has ended and only waits to be collected does no more work.
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !/\) [ZX] /.test(stat);
}

/** The processes that are left after `within` milliseconds: none, as soon as there are none. */
export async function processesLeft(project: TestProject, within = 5000): Promise<string[]> {
  const until = Date.now() + within;
  for (;;) {
    const pids = await processesOf(project);
    if (pids.length === 0 || Date.now() > until) return await Promise.all(pids.map(describe));
    await sleep(50);
  }
}

async function describe(pid: number): Promise<string> {
  const command = await readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => '');
  return `${String(pid)} ${command.replaceAll('\0', ' ')}`;
}

/** Those among them that do a step. */
export async function stepProcesses(project: TestProject): Promise<number[]> {
  const found: number[] = [];
  for (const pid of await processesOf(project)) {
    const command = await readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => '');
    if (command.includes('/programs/step.js')) found.push(pid);
  }
  return found;
}
