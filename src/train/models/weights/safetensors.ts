import { z } from 'zod';
import { SaidError, TowpathError, textOf } from '../../../core/errors/towpath-error.ts';
import { say } from '../../../core/messages/message.ts';
import { EndOfFile, HeaderReader } from './reader.ts';

export interface SafetensorsFacts {
  readonly format: 'safetensors';
  readonly parameters: number;
  readonly tensors: readonly string[];
}

/** The format's own limit on its header. */
const longestHeader = 100_000_000;

const count = z.int().min(0);

const header = z.record(
  z.string(),
  z.union([
    z.strictObject({ dtype: z.string(), shape: z.array(count), data_offsets: z.tuple([count, count]) }),
    z.record(z.string(), z.string()),
  ]),
);

/**
 * Reads the header of a safetensors file and checks that the tensors fill the rest of it exactly.
 *
 * @throws TowpathError TOW_TRAIN_WEIGHTS_TRUNCATED or TOW_TRAIN_WEIGHTS_FORMAT
 */
export async function readSafetensors(path: string, name: string): Promise<SafetensorsFacts> {
  const reader = await HeaderReader.open(path);
  try {
    const length = await reader.u64();
    if (length > longestHeader) throw new SaidError(say('train.header-bytes', { bytes: length }));
    const parsed = header.parse(JSON.parse((await reader.take(length)).toString('utf8')));
    const tensors = Object.entries(parsed).filter(([key]) => key !== '__metadata__');
    let parameters = 0;
    let end = 0;
    for (const [key, tensor] of tensors) {
      if (!Array.isArray(tensor.shape) || !Array.isArray(tensor.data_offsets))
        throw new SaidError(say('train.no-tensor', { key }));
      parameters += tensor.shape.reduce((product, size) => product * size, 1);
      end = Math.max(end, tensor.data_offsets[1]);
    }
    const needed = 8 + length + end;
    if (reader.bytes < needed) throw new EndOfFile(say('train.header-announces-bytes', { bytes: needed }));
    if (reader.bytes > needed)
      throw new SaidError(say('train.bytes-after', { bytes: reader.bytes - needed }));
    return { format: 'safetensors', parameters, tensors: tensors.map(([key]) => key) };
  } catch (thrown) {
    const why = textOf(thrown);
    if (thrown instanceof EndOfFile) {
      const text = say('train.cut-off', { name, size: reader.bytes, why });
      throw new TowpathError('TOW_TRAIN_WEIGHTS_TRUNCATED', text);
    }
    throw new TowpathError('TOW_TRAIN_WEIGHTS_FORMAT', say('train.broken-safetensors', { name, why }), {
      cause: thrown,
    });
  } finally {
    await reader.close();
  }
}
