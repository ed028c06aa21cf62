import fc from 'fast-check';
import { expect, it } from 'vitest';
import { serverEvents, type ServerEvent } from './sse.ts';

async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes.length === 0 ? bytes.length : (sizes[i % sizes.length] ?? 1);
    yield await Promise.resolve(bytes.subarray(at, at + size));
    at += size;
  }
}

async function read(text: string, sizes: readonly number[] = []): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  for await (const event of serverEvents(cut(Buffer.from(text), sizes))) events.push(event);
  return events;
}

it('reads events with names, several data lines and comments', async () => {
  expect(await read(': hi\n\nevent: a\ndata: 1\ndata:2\n\ndata: x\r\n\r\nevent: lost\ndata: y\n')).toEqual([
    { event: 'a', data: '1\n2' },
    { event: 'message', data: 'x' },
  ]);
});

it('reads the same however the stream is cut, inside characters and line ends too', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text)),
        { maxLength: 5 },
      ),
      fc.constantFrom('\n', '\r\n'),
      fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 }),
      async (texts, end, sizes) => {
        const stream = texts.map((text) => `event: sentence${end}data: ${text}${end}${end}`).join('');
        expect((await read(stream, sizes)).map(({ data }) => data)).toEqual(texts);
      },
    ),
  );
});

it('ends at an event that is longer than any answer', async () => {
  await expect(read(`data: ${'x'.repeat(5 << 20)}\n\n`, [1 << 20])).rejects.toThrow(/longer/);
});
