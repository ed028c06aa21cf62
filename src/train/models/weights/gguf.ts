import { SaidError, TowpathError, textOf } from '../../../core/errors/towpath-error.ts';
import { say, type Text } from '../../../core/messages/message.ts';
import { ggmlTypes } from './ggml-types.ts';
import type { GgufFacts } from '../../../contract/model-artifact.ts';
import { EndOfFile, HeaderReader } from './reader.ts';

const mostTensors = 1_000_000;
const mostKeys = 100_000;
const longestString = 16 * 2 ** 20;
const largestArray = 50_000_000;

type Scalar = string | number | boolean;

/**
 * Reads the header of a GGUF file (versions 2 and 3) and checks that every tensor it announces is there.
 *
 * @throws TowpathError TOW_TRAIN_WEIGHTS_TRUNCATED or TOW_TRAIN_WEIGHTS_FORMAT
 */
export async function readGguf(path: string, name: string): Promise<GgufFacts> {
  const reader = await HeaderReader.open(path);
  try {
    return await parse(reader, name);
  } catch (thrown) {
    if (thrown instanceof TowpathError) throw thrown;
    if (thrown instanceof EndOfFile) throw truncated(name, reader.bytes, thrown.text);
    throw damaged(name, textOf(thrown), thrown);
  } finally {
    await reader.close();
  }
}

async function parse(reader: HeaderReader, name: string): Promise<GgufFacts> {
  if ((await reader.take(4)).toString('latin1') !== 'GGUF') throw new SaidError(say('train.no-magic'));
  const version = await reader.u32();
  if (version !== 2 && version !== 3) throw new SaidError(say('train.gguf-version', { version }));
  const tensorCount = await reader.u64();
  const keyCount = await reader.u64();
  if (tensorCount > mostTensors || keyCount > mostKeys) throw new SaidError(say('train.too-many-tensors'));
  const keys = new Map<string, Scalar>();
  for (let at = 0; at < keyCount; at += 1) {
    const key = await readString(reader);
    const value = await readValue(reader, await reader.u32());
    if (value !== undefined) keys.set(key, value);
  }
  const { parameters, byType, dataBytes } = await readTensors(reader, tensorCount);
  const alignment = Number(keys.get('general.alignment') ?? 32);
  if (!Number.isInteger(alignment) || alignment < 1)
    throw new SaidError(say('train.alignment', { alignment }));
  const needed = Math.ceil(reader.position / alignment) * alignment + dataBytes;
  if (reader.bytes < needed)
    throw truncated(name, reader.bytes, say('train.header-announces', { bytes: needed }));
  const architecture = keys.get('general.architecture');
  if (typeof architecture !== 'string') throw new SaidError(say('train.no-architecture'));
  const context = keys.get(`${architecture}.context_length`);
  const [quantisation = 'none'] = [...byType.entries()].sort((a, b) => b[1] - a[1])[0] ?? [];
  return {
    format: 'gguf',
    architecture,
    ...(typeof context === 'number' && { context }),
    parameters,
    quantisation,
    tensors: tensorCount,
  };
}

async function readTensors(reader: HeaderReader, count: number) {
  const byType = new Map<string, number>();
  let parameters = 0;
  let dataBytes = 0;
  for (let at = 0; at < count; at += 1) {
    await readString(reader);
    const dimensions = await reader.u32();
    if (dimensions > 8) throw new SaidError(say('train.dimensions', { dimensions }));
    let values = 1;
    for (let axis = 0; axis < dimensions; axis += 1) values *= await reader.u64();
    const number = await reader.u32();
    const type = ggmlTypes[number];
    if (type === undefined) throw new SaidError(say('train.tensor-type', { type: number }));
    const [typeName, perBlock, blockBytes] = type;
    const offset = await reader.u64();
    dataBytes = Math.max(dataBytes, offset + (values / perBlock) * blockBytes);
    parameters += values;
    byType.set(typeName, (byType.get(typeName) ?? 0) + values);
  }
  return { parameters, byType, dataBytes };
}

async function readString(reader: HeaderReader): Promise<string> {
  const length = await reader.u64();
  if (length > longestString) throw new SaidError(say('train.header-text', { bytes: length }));
  return (await reader.take(length)).toString('utf8');
}

/** Sizes of the number types of a header, by their number. */
const numberBytes: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};

/** A value of a key; arrays - vocabularies - are passed over. */
async function readValue(reader: HeaderReader, type: number): Promise<Scalar | undefined> {
  if (type === 8) return await readString(reader);
  if (type === 9) {
    await skipArray(reader);
    return undefined;
  }
  const size = numberBytes[type];
  if (size === undefined) throw new SaidError(say('train.key-type', { type }));
  const bytes = await reader.take(size);
  if (type === 6) return bytes.readFloatLE();
  if (type === 12) return bytes.readDoubleLE();
  if (type === 7) return bytes[0] !== 0;
  const signed = type === 1 || type === 3 || type === 5;
  if (size === 8) return Number(type === 11 ? bytes.readBigInt64LE() : bytes.readBigUInt64LE());
  return signed ? bytes.readIntLE(0, size) : bytes.readUIntLE(0, size);
}

async function skipArray(reader: HeaderReader): Promise<void> {
  const type = await reader.u32();
  const length = await reader.u64();
  if (length > largestArray) throw new SaidError(say('train.header-list', { length }));
  const size = numberBytes[type];
  if (size !== undefined) {
    reader.skip(size * length);
    return;
  }
  if (type !== 8) throw new SaidError(say('train.list-type', { type }));
  for (let at = 0; at < length; at += 1) reader.skip(await reader.u64());
}

function truncated(name: string, size: number, why: Text): TowpathError {
  return new TowpathError('TOW_TRAIN_WEIGHTS_TRUNCATED', say('train.cut-off', { name, size, why }));
}

function damaged(name: string, why: Text, cause: unknown): TowpathError {
  return new TowpathError('TOW_TRAIN_WEIGHTS_FORMAT', say('train.broken-gguf', { name, why }), { cause });
}
