import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, uptime } from 'node:os';

/**
 * Names one process for good: `4711-93402-1f0c…-4026531836-9d3e…`, its id, start, boot, pid namespace and machine. A
 * process id alone is given out again; with the time it started and the boot it belongs to, a stranger that got the
 * same id is not taken for ours and never killed in its place. Earlier versions wrote the first three parts alone.
 */
export type ProcessIdentity = string;

/** Identity of a living process, by default of this one; undefined when no such process exists or it is a zombie. */
export function identifyProcess(pid: number = process.pid): ProcessIdentity | undefined {
  const started = process.platform === 'linux' ? startedOnLinux(pid) : startedElsewhere(pid);
  if (started === undefined) return undefined;
  const { boot, namespace, machine } = here();
  return [String(pid), started, boot, namespace, machine].join('-');
}

/** `unknown`: it runs, or ran, where this process cannot look: on another machine, in another container of this one. */
export type Liveness = 'alive' | 'dead' | 'unknown';

/**
 * Whether the very process that bore this identity is still alive. A process of an earlier boot of this machine is
 * dead. Containers share the boot of their host and have process ids of their own; machines made from one image may
 * share every name, so what was alive after this machine had booted belongs to another one, whatever it is called.
 *
 * @param at a time at which it was alive, in milliseconds since the epoch
 */
export function livenessOf(identity: ProcessIdentity, at?: number): Liveness {
  const own = here();
  const [, started, boot = none, namespace = none, machine] = identity.split('-');
  const differs = (a: string, b: string): boolean => a !== none && b !== none && a !== b;
  if (differs(boot, own.boot)) {
    if (at !== undefined && at > bootedAt()) return 'unknown';
    return machine === undefined || machine === own.machine ? 'dead' : 'unknown';
  }
  // The same kernel: names may have changed since. Where boots have no name, the machine's has to do.
  if (boot === none && machine !== undefined && machine !== own.machine) return 'unknown';
  if (differs(namespace, own.namespace)) return 'unknown';
  const pid = pidOf(identity);
  const found = pid === undefined ? undefined : identifyProcess(pid);
  return found !== undefined && found.split('-')[1] === started ? 'alive' : 'dead';
}

/** Whether it is alive and can be seen from here. */
export function isAlive(identity: ProcessIdentity): boolean {
  return livenessOf(identity) === 'alive';
}

/** Whether process ids mean the same here as where this process ran. */
export function sharesProcessIds(identity: ProcessIdentity): boolean {
  const own = here();
  const [, , boot, namespace = own.namespace] = identity.split('-');
  return boot === own.boot && namespace === own.namespace;
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

/** Stands for what the system does not tell. */
const none = '0';

interface Place {
  readonly boot: string;
  readonly namespace: string;
  readonly machine: string;
}

let place: Place | undefined;

function here(): Place {
  return (place ??= { boot: bootId(), namespace: pidNamespace(), machine: machineId() });
}

function bootId(): string {
  const id = read('/proc/sys/kernel/random/boot_id').replaceAll('-', '').slice(0, 8);
  return id === '' ? none : id;
}

function pidNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? none;
  } catch {
    return none;
  }
}

/**
 * The machine's own id and its name: images are copied with their id, and containers often have none, but then their
 * host names differ. Without the domain, which comes and goes with the network.
 */
function machineId(): string {
  const id = read('/etc/machine-id') || read('/var/lib/dbus/machine-id');
  const [name = ''] = hostname().split('.');
  return createHash('sha256').update(`${id}\n${name}`).digest('hex').slice(0, 12);
}

/** A clock that was set right after the boot, and times that others wrote down, are off by less. */
const clockSlack = 2000;

function bootedAt(): number {
  return Date.now() - uptime() * 1000 + clockSlack;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1').trim();
  } catch {
    return '';
  }
}
