import { join } from 'node:path';
import { TowpathError } from '../../../core/errors/towpath-error.ts';
import { say } from '../../../core/messages/message.ts';
import { OutsideFileError, type OutsideFile } from '../../../core/outside-file.ts';
import type { Trust } from '../../../project/trust/trust.ts';
import { largestModel, type ModelSource } from './source.ts';
import { VerifiedFile } from './verified-file.ts';

/** A file on this machine; relative paths start from the project. It is copied, so that a later change does no harm. */
export function fileSource(file: string, { trust }: { readonly trust: Trust }): ModelSource {
  const origin = `file:${file}`;
  return {
    origin,
    async fetch(target, { sha256, keepDir, signal, progress }) {
      const source = await openModel(file, origin, trust);
      const total = source.bytes;
      let copy: VerifiedFile | undefined;
      try {
        copy = await VerifiedFile.open(join(keepDir, `${sha256}.copy`), signal);
        await copy.restart();
        for await (const chunk of source.blocks(signal)) {
          await copy.append(chunk);
          progress({ done: copy.bytes, total, unit: 'bytes', note: say('train.copying', { file }) });
        }
        await copy.finish(target, sha256, origin);
      } catch (thrown) {
        await copy?.close().catch(() => undefined);
        throw thrown;
      } finally {
        await source.close();
      }
    },
  };
}

async function openModel(file: string, origin: string, trust: Trust): Promise<OutsideFile> {
  const source = await trust.open(file, largestModel).catch((thrown: unknown) => {
    if (!(thrown instanceof OutsideFileError)) throw thrown;
    // The reason says all that the system said, in words.
    throw new TowpathError(
      'TOW_TRAIN_SOURCE_NOT_FOUND',
      say('train.place-refused', { origin, why: thrown.said }),
    );
  });
  if (source.bytes > 0) return source;
  await source.close();
  throw new TowpathError('TOW_TRAIN_WEIGHTS_TRUNCATED', say('train.empty-file', { name: origin }));
}
