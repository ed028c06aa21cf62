import { z } from 'zod';
import { TowpathError } from '../../core/errors/towpath-error.ts';
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
    if (length > longestHeader) throw new Error(`a header of ${String(length)} bytes`);
    const parsed = header.parse(JSON.parse((await reader.take(length)).toString('utf8')));
    const tensors = Object.entries(parsed).filter(([key]) => key !== '__metadata__');
    let parameters = 0;
    let end = 0;
    for (const [key, tensor] of tensors) {
      if (!Array.isArray(tensor.shape) || !Array.isArray(tensor.data_offsets))
        throw new Error(`${key} is no tensor`);
      parameters += tensor.shape.reduce((product, size) => product * size, 1);
      end = Math.max(end, tensor.data_offsets[1]);
    }
    const needed = 8 + length + end;
    if (reader.bytes < needed) throw new EndOfFile(`its header announces ${String(needed)} bytes`);
    if (reader.bytes > needed)
      throw new Error(`${String(reader.bytes - needed)} bytes after the last tensor`);
    return { format: 'safetensors', parameters, tensors: tensors.map(([key]) => key) };
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    if (thrown instanceof EndOfFile) {
      const detail = why === '' ? 'its header is cut off' : why;
      throw new TowpathError(
        'TOW_TRAIN_WEIGHTS_TRUNCATED',
        `${name} is cut off: it has ${String(reader.bytes)} bytes, ${detail}`,
      );
    }
    throw new TowpathError('TOW_TRAIN_WEIGHTS_FORMAT', `${name} is no sound safetensors file: ${why}`, {
      cause: thrown,
    });
  } finally {
    await reader.close();
  }
}
