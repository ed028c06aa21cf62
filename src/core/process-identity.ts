import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Names one process for good: `4711-93402-1f0c…`. A process id alone is given out again; with the time it started and
 * the boot it belongs to, a stranger that got the same id is not taken for ours and never killed in its place.
 */
export type ProcessIdentity = string;

/** Identity of a living process, by default of this one; undefined when no such process exists or it is a zombie. */
export function identifyProcess(pid: number = process.pid): ProcessIdentity | undefined {
  const started = process.platform === 'linux' ? startedOnLinux(pid) : startedElsewhere(pid);
  return started === undefined ? undefined : `${String(pid)}-${started}-${bootId()}`;
}

/** Whether the very process that bore this identity is still alive. */
export function isAlive(identity: ProcessIdentity): boolean {
  const pid = pidOf(identity);
  return pid !== undefined && identifyProcess(pid) === identity;
}

export function pidOf(identity: ProcessIdentity): number | undefined {
  const pid = Number(identity.split('-', 1)[0]);
  return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
}

function startedOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
    // The name in brackets may hold spaces and brackets itself: count fields from its last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function startedElsewhere(pid: number): string | undefined {
  try {
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    const time = Date.parse(text.trim());
    return Number.isNaN(time) ? undefined : String(time);
  } catch {
    return undefined;
  }
}

let boot: string | undefined;

function bootId(): string {
  if (boot !== undefined) return boot;
  try {
    boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim().replaceAll('-', '').slice(0, 8);
  } catch {
    boot = '0';
  }
  return boot;
}
