import { open } from 'node:fs/promises';
import { TowpathError } from '../../../core/errors/towpath-error.ts';
import { say, type Message } from '../../../core/messages/message.ts';
import { openArchive } from '../source/archive.ts';

export type WeightsKind = 'gguf' | 'safetensors' | 'zip';

/**
 * What a model file is, by its first bytes and never by its name.
 *
 * @throws TowpathError TOW_TRAIN_PICKLE_REFUSED for a pickle, also one inside a zip without safetensors beside it;
 *   TOW_TRAIN_WEIGHTS_FORMAT for anything else that is neither GGUF, safetensors nor a zip
 */
export async function weightsKind(path: string, name: string): Promise<WeightsKind> {
  const file = await open(path, 'r');
  const start = Buffer.alloc(512);
  let bytes: number;
  try {
    ({ bytesRead: bytes } = await file.read(start, 0, start.length, 0));
  } finally {
    await file.close();
  }
  const magic = start.subarray(0, 4).toString('latin1');
  if (magic === 'GGUF') return 'gguf';
  if (magic === 'PK\u0003\u0004') return await zipKind(path, name);
  // Pickle protocol 2 to 5; tar archives of pickles are what PyTorch wrote before 1.6.
  if (start[0] === 0x80 && (start[1] ?? 0) >= 2 && (start[1] ?? 0) <= 5)
    throw pickle(name, say('train.a-pickle'));
  if (start.subarray(257, 262).toString('latin1') === 'ustar') throw pickle(name, say('train.pickle-tar'));
  if (bytes > 9 && start.readBigUInt64LE(0) < 100_000_000n && start[8] === 0x7b) return 'safetensors';
  if (bytes === 0) throw new TowpathError('TOW_TRAIN_WEIGHTS_TRUNCATED', say('train.empty-file', { name }));
  const shown = start.subarray(0, Math.min(bytes, 4)).toString('hex');
  const hint = /^\s*(?:<|version https:\/\/git-lfs)/.test(start.toString('latin1', 0, bytes))
    ? say('train.web-page')
    : undefined;
  throw new TowpathError('TOW_TRAIN_WEIGHTS_FORMAT', say('train.neither-format', { name, bytes: shown }), {
    ...(hint !== undefined && { hint }),
  });
}

async function zipKind(path: string, name: string): Promise<'zip'> {
  const archive = await openArchive(path, name);
  try {
    if (archive.names.some((member) => member.endsWith('.safetensors') || member.endsWith('.gguf')))
      return 'zip';
    const pickled = archive.names.find((member) =>
      /(?:^|\/)data\.pkl$|\.(?:pkl|pickle|pt|pth|bin|ckpt)$/i.test(member),
    );
    if (pickled !== undefined) throw pickle(name, say('train.pickle-zip', { member: pickled }));
    throw new TowpathError('TOW_TRAIN_WEIGHTS_FORMAT', say('train.zip-neither', { name }));
  } finally {
    archive.close();
  }
}

function pickle(name: string, what: Message): TowpathError {
  return new TowpathError('TOW_TRAIN_PICKLE_REFUSED', say('train.pickle', { name, what }));
}
