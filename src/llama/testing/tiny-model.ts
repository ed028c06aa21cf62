import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../core/random.ts';

/**
 * Writes a real GGUF file of a few hundred kilobytes: a llama of one layer with random weights and a vocabulary of
 * bytes. It writes nonsense, but llama.cpp loads it and decodes it as any other, in milliseconds, so that tests of the
 * replica need no download.
 */
export function writeTinyModel(
  path = join(mkdtempSync(join(tmpdir(), 'towpath-tiny-')), 'tiny.gguf'),
): string {
  writeFileSync(path, tinyModel());
  return path;
}

/** Writes an adapter over that model, large enough that it says something else. */
export function writeTinyAdapter(
  path = join(mkdtempSync(join(tmpdir(), 'towpath-tiny-')), 'adapter.gguf'),
): string {
  const metadata: [string, Value][] = [
    ['general.architecture', { string: 'llama' }],
    ['general.type', { string: 'adapter' }],
    ['adapter.type', { string: 'lora' }],
    ['adapter.lora.alpha', { f32: 4 }],
  ];
  const tensors: [string, number[]][] = [
    ['blk.0.ffn_down.weight.lora_a', [hidden, 2]],
    ['blk.0.ffn_down.weight.lora_b', [2, width]],
  ];
  writeFileSync(path, gguf(metadata, tensors));
  return path;
}

const width = 64;
const hidden = 128;
const context = 2048;
const template =
  "{% for message in messages %}{{ '<s>' + message['role'] + ': ' + message['content'] + '\\n' }}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '<s>assistant: ' }}{% endif %}";

/** SentencePiece kinds of token. */
const kind = { normal: 1, unknown: 2, control: 3, byte: 6 } as const;

function tinyModel(): Buffer {
  const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${hex(byte)}>`);
  const letters = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at).replace(' ', '\u2581'));
  const tokens = ['<unk>', '<s>', '</s>', ...bytes, ...letters];
  const types = tokens.map((_, at) =>
    at === 0 ? kind.unknown : at < 3 ? kind.control : at < 259 ? kind.byte : kind.normal,
  );
  const metadata: [string, Value][] = [
    ['general.architecture', { string: 'llama' }],
    ['general.name', { string: 'tiny' }],
    ['llama.context_length', { u32: context }],
    ['llama.embedding_length', { u32: width }],
    ['llama.block_count', { u32: 1 }],
    ['llama.feed_forward_length', { u32: hidden }],
    ['llama.attention.head_count', { u32: 4 }],
    ['llama.attention.head_count_kv', { u32: 4 }],
    ['llama.rope.dimension_count', { u32: width / 4 }],
    ['llama.attention.layer_norm_rms_epsilon', { f32: 1e-5 }],
    ['llama.vocab_size', { u32: tokens.length }],
    ['tokenizer.ggml.model', { string: 'llama' }],
    ['tokenizer.ggml.tokens', { strings: tokens }],
    ['tokenizer.ggml.scores', { f32s: tokens.map(() => 0) }],
    ['tokenizer.ggml.token_type', { i32s: types }],
    ['tokenizer.ggml.bos_token_id', { u32: 1 }],
    ['tokenizer.ggml.eos_token_id', { u32: 2 }],
    ['tokenizer.ggml.unknown_token_id', { u32: 0 }],
    ['tokenizer.ggml.add_bos_token', { bool: true }],
    ['tokenizer.chat_template', { string: template }],
  ];
  const tensors: [string, number[]][] = [
    ['token_embd.weight', [width, tokens.length]],
    ['output_norm.weight', [width]],
    ['output.weight', [width, tokens.length]],
    ['blk.0.attn_norm.weight', [width]],
    ['blk.0.attn_q.weight', [width, width]],
    ['blk.0.attn_k.weight', [width, width]],
    ['blk.0.attn_v.weight', [width, width]],
    ['blk.0.attn_output.weight', [width, width]],
    ['blk.0.ffn_norm.weight', [width]],
    ['blk.0.ffn_gate.weight', [width, hidden]],
    ['blk.0.ffn_up.weight', [width, hidden]],
    ['blk.0.ffn_down.weight', [hidden, width]],
  ];
  return gguf(metadata, tensors);
}

type Value =
  | { readonly string: string }
  | { readonly u32: number }
  | { readonly f32: number }
  | { readonly bool: boolean }
  | { readonly strings: readonly string[] }
  | { readonly f32s: readonly number[] }
  | { readonly i32s: readonly number[] };

/** GGUF version 3, little-endian, all tensors float32 and aligned to 32 bytes. */
function gguf(metadata: [string, Value][], tensors: [string, number[]][]): Buffer {
  const random = seededRandom(7);
  const parts: Buffer[] = [Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(metadata.length)];
  for (const [key, value] of metadata) parts.push(text(key), encoded(value));
  const data: Buffer[] = [];
  let offset = 0;
  for (const [name, shape] of tensors) {
    parts.push(text(name), u32(shape.length), ...shape.map(u64), u32(0), u64(offset));
    const size = shape.reduce((product, side) => product * side, 1);
    const norm = shape.length === 1;
    data.push(Buffer.from(Float32Array.from({ length: size }, () => (norm ? 1 : random() - 0.5)).buffer));
    offset += size * 4;
  }
  const header = Buffer.concat(parts);
  return Buffer.concat([header, Buffer.alloc((32 - (header.length % 32)) % 32), ...data]);
}

function encoded(value: Value): Buffer {
  if ('string' in value) return Buffer.concat([u32(8), text(value.string)]);
  if ('u32' in value) return Buffer.concat([u32(4), u32(value.u32)]);
  if ('f32' in value) return Buffer.concat([u32(6), Buffer.from(Float32Array.of(value.f32).buffer)]);
  if ('bool' in value) return Buffer.concat([u32(7), Buffer.of(value.bool ? 1 : 0)]);
  if ('strings' in value) return array(8, value.strings.length, value.strings.map(text));
  if ('f32s' in value)
    return array(6, value.f32s.length, [Buffer.from(Float32Array.from(value.f32s).buffer)]);
  return array(5, value.i32s.length, [Buffer.from(Int32Array.from(value.i32s).buffer)]);
}

function array(type: number, length: number, items: Buffer[]): Buffer {
  return Buffer.concat([u32(9), u32(type), u64(length), ...items]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
