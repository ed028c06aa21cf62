import { join } from 'node:path';
import type { Section } from '../../project/section.ts';
import { checkRecord, type Check, type CheckRecord } from './check.ts';
import { checkNativePackages } from './native.ts';
import { checkPort } from './port.ts';
import { checkFolder, checkLock, checkProjectFile, type ProjectFacts } from './project.ts';
import { checkPython, checkPythonEnvironments } from './python.ts';
import { checkStore } from './store.ts';
import { checkCores, checkDisk, checkMemory, checkNode } from './machine.ts';

export interface DoctorOptions {
  /** Absolute path of the project's folder, if there is a project. */
  readonly dir: string | undefined;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly sections: () => Promise<readonly Section[]>;
  /** Told each result as soon as it stands; the order is always the same. */
  readonly onCheck: (check: Check) => void;
}

export interface DoctorRecord {
  readonly checks: readonly CheckRecord[];
  readonly versions: Readonly<Record<string, string>>;
}

/** Looks at the machine and the project for what Towpath needs. Changes nothing that lasts. */
export async function runDoctor(options: DoctorOptions): Promise<DoctorRecord> {
  const place = options.dir ?? options.cwd;
  const facts: Promise<ProjectFacts> = checkProjectFile(options.dir, options.sections, options.env);
  // All at once; told in this order.
  const pending: (Promise<Check> | Check)[] = [
    checkNode(process.versions.node),
    facts.then(({ needsPython }) => checkPython(options.env, needsPython)),
    checkPythonEnvironments(options.env, options.dir),
    ...checkNativePackages(),
    checkCores(),
    checkMemory(),
    checkDisk(place),
    checkFolder(place),
    facts.then(({ check }) => check),
    facts.then(({ host, port }) => checkPort(host, port, options.dir)),
    ...(options.dir === undefined
      ? []
      : [checkStore(options.dir, options.env), checkLock(join(options.dir, '.towpath', 'run', 'up.json'))]),
  ];
  const checks: CheckRecord[] = [];
  for (const each of pending) {
    const check = await each;
    checks.push(checkRecord(check));
    options.onCheck(check);
  }
  return {
    checks,
    versions: {
      node: process.versions.node,
      platform: `${process.platform}-${process.arch}`,
      v8: process.versions.v8,
    },
  };
}
