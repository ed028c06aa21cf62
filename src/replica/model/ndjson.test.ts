import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ndjson } from './ndjson.ts';

async function parsed(chunks: Uint8Array[]): Promise<unknown[]> {
  async function* source() {
    yield* await Promise.resolve(chunks);
  }
  const values: unknown[] = [];
  for await (const value of ndjson(source())) values.push(value);
  return values;
}

test('values survive any cut of the bytes, inside characters too', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 7 }),
      async (texts, size) => {
        const values = texts.map((text) => ({ text }));
        const bytes = Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(''));
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
          bytes.subarray(at * size, (at + 1) * size),
        );
        expect(await parsed(chunks)).toEqual(values);
      },
    ),
  );
});

test('a last line without its end still counts', async () => {
  expect(await parsed([Buffer.from('{"a":1}\n\n{"b":2}')])).toEqual([{ a: 1 }, { b: 2 }]);
});

test('a line that never ends is refused', async () => {
  await expect(parsed([Buffer.alloc((1 << 20) + 1, 0x20)])).rejects.toThrow('longer than');
});
