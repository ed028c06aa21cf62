import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { TowpathEvent } from '../../src/app/events.ts';
import { processesOf } from './processes.ts';
import type { TestProject } from './project.ts';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface CommandOptions {
  /** Changes to the environment; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds after which it is killed. @default 90 000 */
  readonly within?: number;
}

export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One running `towpath` of its own process group: what is sent to it is sent to its process alone. */
export class Command {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  stdout = '';
  stderr = '';
  readonly #lines: string[] = [];
  readonly #args: readonly string[];
  #woken: (() => void)[] = [];
  #over = false;

  constructor(project: Pick<TestProject, 'dir'>, args: readonly string[], options: CommandOptions = {}) {
    this.#args = args;
    const env = { ...process.env, NO_COLOR: '1', ...options.env };
    this.child = spawn(process.execPath, [main, ...args], {
      cwd: project.dir,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { stdout, stderr } = this.child;
    stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    if (stdout !== null) {
      createInterface({ input: stdout }).on('line', (line) => {
        this.stdout += `${line}\n`;
        this.#lines.push(line);
        this.#wake();
      });
    }
    const timer = setTimeout(() => this.child.kill('SIGKILL'), options.within ?? 90_000);
    this.finished = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', (exitCode) => {
        clearTimeout(timer);
        this.#over = true;
        this.#wake();
        resolve({ exitCode, stdout: this.stdout, stderr: this.stderr });
      });
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Events of `--json`, in the order they came. */
  get events(): TowpathEvent[] {
    return this.#lines
      .filter((line) => line.startsWith('{"event"'))
      .map((line) => JSON.parse(line) as TowpathEvent);
  }

  /** How many events there are: what `event` is to look behind. */
  get mark(): number {
    return this.events.length;
  }

  /** The first event that fits, after the first `from`. */
  async event<E extends TowpathEvent['event']>(
    name: E,
    fits: (event: Extract<TowpathEvent, { event: E }>) => boolean = () => true,
    { from = 0, within = 90_000 } = {},
  ): Promise<Extract<TowpathEvent, { event: E }>> {
    type Wanted = Extract<TowpathEvent, { event: E }>;
    const until = Date.now() + within;
    for (;;) {
      const found = this.events
        .slice(from)
        .find((event): event is Wanted => event.event === name && fits(event as Wanted));
      if (found !== undefined) return found;
      if (this.#over || Date.now() > until) {
        throw new Error(`${this.#args.join(' ')} never told "${name}":\n${this.stdout}${this.stderr}`);
      }
      await Promise.race([new Promise<void>((resolve) => this.#woken.push(resolve)), sleep(100)]);
    }
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Ctrl-C, and its end. */
  async stop(): Promise<Finished> {
    this.signal('SIGINT');
    return await this.finished;
  }

  #wake(): void {
    for (const resolve of this.#woken.splice(0)) resolve();
  }
}

/** Starts `towpath`; at the end of a test `killAll` ends whatever it left. */
export function start(
  project: Pick<TestProject, 'dir'>,
  args: readonly string[],
  options?: CommandOptions,
): Command {
  return new Command(project, args, options);
}

/** Runs `towpath` to its end. */
export async function run(
  project: Pick<TestProject, 'dir'>,
  args: readonly string[],
  options?: CommandOptions,
): Promise<Finished> {
  return await start(project, args, options).finished;
}

/** Runs `towpath … --json` and gives the record that it printed. @throws what it said when it failed */
export async function json<T>(project: Pick<TestProject, 'dir'>, ...args: readonly string[]): Promise<T> {
  const { exitCode, stdout, stderr } = await run(project, [...args, '--json']);
  if (exitCode !== 0)
    throw new Error(`towpath ${args.join(' ')}: exit ${String(exitCode)}\n${stdout}${stderr}`);
  return JSON.parse(stdout) as T;
}

/** Ends whatever a failed test left running of a project, and removes the project. */
export async function endProject(project: Pick<TestProject, 'dir' | 'remove'>): Promise<void> {
  for (const pid of await processesOf(project)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended in between.
    }
  }
  await project.remove();
}
