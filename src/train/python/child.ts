import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ChildOptions {
  readonly cwd?: string;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Milliseconds without a line or a sign of life after which it is stopped. */
  readonly silence: number;
  /** Told the process as soon as it runs. */
  readonly onStart?: (pid: number) => void;
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** Milliseconds between SIGTERM and SIGKILL when aborted. @default 0: killed at once */
  readonly grace?: number;
  /** Asked once a second; a changed value is a sign of life. */
  readonly pulse?: () => Promise<number>;
}

export interface ChildResult {
  readonly code: number | null;
  /** Last lines of both streams. */
  readonly tail: readonly string[];
  /** Set when it was stopped for saying nothing. */
  readonly silent: boolean;
}

/** Runs a program to its end. Rejects when it cannot be started or is aborted, not when it fails. */
export async function runChild(
  command: string,
  args: readonly string[],
  options: ChildOptions,
): Promise<ChildResult> {
  const { signal, silence, onLine, pulse, grace = 0 } = options;
  signal.throwIfAborted();
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (child.pid !== undefined) options.onStart?.(child.pid);
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  let killing: NodeJS.Timeout | undefined;
  const stop = (): void => {
    if (grace === 0) {
      kill();
      return;
    }
    child.kill('SIGTERM');
    killing = setTimeout(kill, grace);
  };
  signal.addEventListener('abort', stop, { once: true });
  const tail: string[] = [];
  let alive = performance.now();
  let silent = false;
  for (const stream of ['stdout', 'stderr'] as const) {
    createInterface({ input: child[stream], crlfDelay: Infinity }).on('line', (line) => {
      alive = performance.now();
      if (tail.push(line) > 40) tail.shift();
      onLine?.(line, stream);
    });
  }
  let last = 0;
  const watch = setInterval(() => {
    void pulse?.().then(
      (value) => {
        if (value !== last) alive = performance.now();
        last = value;
      },
      () => undefined,
    );
    if (performance.now() - alive <= silence) return;
    silent = true;
    kill();
  }, 1000);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    signal.throwIfAborted();
    return { code, tail, silent };
  } finally {
    clearInterval(watch);
    clearTimeout(killing);
    signal.removeEventListener('abort', stop);
  }
}
