import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import type { ModelSource } from './source.ts';
import { VerifiedFile } from './verified-file.ts';

/** A file on this machine; relative paths start from the project. It is copied, so that a later change does no harm. */
export function fileSource(file: string, { projectDir }: { readonly projectDir: string }): ModelSource {
  const origin = `file:${file}`;
  return {
    origin,
    async fetch(target, { sha256, keepDir, signal, progress }) {
      const path = resolve(projectDir, file);
      const total = await sizeOf(path, origin);
      const copy = await VerifiedFile.open(join(keepDir, `${sha256}.copy`), signal);
      try {
        await copy.restart();
        for await (const chunk of createReadStream(path, { signal, highWaterMark: 1 << 20 })) {
          await copy.append(chunk as Buffer);
          progress({ done: copy.bytes, total, unit: 'bytes', note: `copying ${file}` });
        }
        await copy.finish(target, sha256, origin);
      } catch (thrown) {
        await copy.close().catch(() => undefined);
        throw thrown;
      }
    },
  };
}

async function sizeOf(path: string, origin: string): Promise<number> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new TowpathError('TOW_TRAIN_SOURCE_NOT_FOUND', `${origin}: there is no file ${path}`, { cause });
  });
  if (!found.isFile())
    throw new TowpathError('TOW_TRAIN_SOURCE_NOT_FOUND', `${origin}: ${path} is not a file`);
  if (found.size === 0) throw new TowpathError('TOW_TRAIN_WEIGHTS_TRUNCATED', `${origin}: ${path} is empty`);
  return found.size;
}
