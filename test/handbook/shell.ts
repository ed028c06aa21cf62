import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Printed } from './form.ts';

export interface Ended extends Printed {
  readonly exitCode: number | null;
  /** Where the shell stood at its end. */
  readonly cwd: string;
}

export interface ShellOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

// A page's command is a line for a shell, so a shell reads it. It tells where it stands at its end: `cd` is for the
// commands after it too.
const script = `trap 'pwd >&3' EXIT; eval "$1"`;

/** A command line of a page, given to a shell as a reader would type it. */
export class Shell {
  stdout = '';
  stderr = '';
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  #over = false;

  constructor(command: string, { cwd, env }: ShellOptions, within: number) {
    // A group of its own, as in a terminal: Ctrl-C reaches all of it.
    this.#child = spawn('bash', ['-c', script, 'bash', command], {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    let place = '';
    this.#child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.#child.stdio[3]?.on('data', (chunk: Buffer) => (place += chunk.toString()));
    const timer = setTimeout(() => this.signal('SIGKILL'), within);
    this.ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (exitCode) => {
        clearTimeout(timer);
        this.#over = true;
        resolve({ exitCode, stdout: this.stdout, stderr: this.stderr, cwd: place.trim() || cwd });
      });
    });
  }

  get isOver(): boolean {
    return this.#over;
  }

  signal(name: NodeJS.Signals): void {
    try {
      process.kill(-(this.#child.pid ?? 0), name);
    } catch {
      // It has ended.
    }
  }

  /** Waits until `fits`, looking at what was printed so far; false when it ended or the time is over. */
  async until(fits: () => boolean, within: number): Promise<boolean> {
    const end = Date.now() + within;
    while (!fits()) {
      if (this.#over || Date.now() > end) return fits();
      await sleep(50);
    }
    return true;
  }

  /** Ctrl-C, and its end; a second one, as a last means, kills. */
  async stop(): Promise<Ended> {
    this.signal('SIGINT');
    const timer = setTimeout(() => this.signal('SIGKILL'), 30_000);
    try {
      return await this.ended;
    } finally {
      clearTimeout(timer);
    }
  }
}
