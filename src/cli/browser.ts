import { spawn } from 'node:child_process';
import { platform } from 'node:os';
import type { Io } from './io.ts';

/** The program that opens a file on a desktop; undefined where nobody sits at one. */
export function browserFor(
  { out, env }: Pick<Io, 'out' | 'env'>,
  system: NodeJS.Platform = platform(),
): string | undefined {
  const has = (name: string) => (env[name] ?? '') !== '';
  if (!out.isTerminal || has('CI') || has('SSH_CONNECTION')) return undefined;
  if (system === 'darwin') return 'open';
  if (system === 'win32') return 'explorer.exe';
  return has('DISPLAY') || has('WAYLAND_DISPLAY') ? 'xdg-open' : undefined;
}

/** Opens a page beside this process. Resolves with whether the program could be started; never fails. */
export function openPage(program: string, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, [path], { detached: true, stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
