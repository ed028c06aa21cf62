import { StringDecoder } from 'node:string_decoder';
import { openOwnFile } from '../../core/own-file.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from '../../core/environment-error.ts';

export interface FollowOptions {
  /** Whether more may still be written; asked before every look. Left out: reads what is there. */
  readonly growing?: () => Promise<boolean>;
  readonly signal?: AbortSignal;
}

/** The lines of a log file, and, while it grows, those that come. A file that is not there yet is an empty one. */
export async function* readLog(
  path: string,
  { growing, signal }: FollowOptions = {},
): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  const buffer = Buffer.allocUnsafe(65_536);
  let at = 0;
  let rest = '';
  for (;;) {
    // Asked first: what was written before it ended is then read below.
    const more = (await growing?.()) ?? false;
    for (let read = await readAt(path, buffer, at); read > 0; read = await readAt(path, buffer, at)) {
      if (signal?.aborted) return;
      at += read;
      const lines = (rest + decoder.write(buffer.subarray(0, read))).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    if (!more || signal?.aborted) break;
    await sleep(200, undefined, signal && { signal }).catch(() => undefined);
  }
  if (rest !== '') yield rest;
}

async function readAt(path: string, buffer: Buffer, at: number): Promise<number> {
  try {
    const file = await openOwnFile(path);
    try {
      return (await file.read(buffer, 0, buffer.length, at)).bytesRead;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 0;
    throw error;
  }
}
