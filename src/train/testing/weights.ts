/** A small, sound GGUF file: one F32 tensor of `values` values. */
export function tinyGguf({ architecture = 'llama', values = 64, context = 128 } = {}): Buffer {
  const u32 = (value: number): Buffer => {
    const buffer = Buffer.alloc(4);
    buffer.writeUInt32LE(value);
    return buffer;
  };
  const u64 = (value: number): Buffer => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigUInt64LE(BigInt(value));
    return buffer;
  };
  const text = (value: string): Buffer => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);
  const strings = (values: readonly string[]): Buffer =>
    Buffer.concat([u32(9), u32(8), u64(values.length), ...values.map(text)]);
  const header = Buffer.concat([
    Buffer.from('GGUF'),
    u32(3),
    u64(1),
    u64(3),
    ...[text('general.architecture'), u32(8), text(architecture)],
    ...[text(`${architecture}.context_length`), u32(4), u32(context)],
    ...[text('tokenizer.ggml.tokens'), strings(['<s>', '水', 'lock'])],
    ...[text('token_embd.weight'), u32(1), u64(values), u32(0), u64(0)],
  ]);
  const padding = Buffer.alloc((32 - (header.length % 32)) % 32);
  return Buffer.concat([header, padding, Buffer.alloc(values * 4, 1)]);
}

/** A small, sound safetensors file. */
export function tinySafetensors(): Buffer {
  const header = JSON.stringify({
    __metadata__: { format: 'pt' },
    weight: { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] },
  });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, Buffer.from(header), Buffer.alloc(16)]);
}
