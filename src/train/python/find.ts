import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, type Message } from '../../core/messages/message.ts';
import { runChild } from './child.ts';

/** The oldest Python that the trainer runs on. */
const oldestPython = [3, 11] as const;

export interface Python {
  readonly command: string;
  /** Arguments that come before any other: `-3` for the Windows launcher. */
  readonly args: readonly string[];
  readonly version: string;
}

const candidates: readonly (readonly [string, ...string[]])[] = [
  ['python3'],
  ['python'],
  ['py', '-3'],
  ['python3.14'],
  ['python3.13'],
  ['python3.12'],
  ['python3.11'],
];

const probe = 'import sys; print("towpath-python", ".".join(map(str, sys.version_info[:3])))';

/**
 * The first Python on the PATH that is new enough.
 *
 * @throws TowpathError TOW_TRAIN_PYTHON_MISSING that tells what was found instead
 */
export async function findPython(options: {
  readonly signal: AbortSignal;
  readonly env?: Readonly<Record<string, string>>;
}): Promise<Python> {
  const seen: Message[] = [];
  for (const [command, ...args] of candidates) {
    const version = await versionOf(command, args, options);
    if (version === undefined) continue;
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major > oldestPython[0] || (major === oldestPython[0] && minor >= oldestPython[1]))
      return { command, args, version };
    seen.push(say('train.python-is', { command: [command, ...args].join(' '), version }));
  }
  const found = seen.length === 0 ? say('train.no-python') : say('train.old-pythons', { found: seen });
  throw new TowpathError(
    'TOW_TRAIN_PYTHON_MISSING',
    say('train.python-needed', { oldest: oldestPython.join('.'), found }),
  );
}

async function versionOf(
  command: string,
  args: readonly string[],
  { signal, env }: { readonly signal: AbortSignal; readonly env?: Readonly<Record<string, string>> },
): Promise<string | undefined> {
  try {
    const result = await runChild(command, [...args, '-c', probe], {
      signal,
      silence: 10_000,
      ...(env && { env }),
    });
    return /^towpath-python (\S+)$/m.exec(result.tail.join('\n'))?.[1];
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
