// Formats whose readers do what none should, each in its own way: their files end in what they do.
import { writeSync } from 'node:fs';

const troubles = {
  // For comparison: one that does nothing wrong.
  good: async (file, sink) => {
    const text = (await file.whole()).toString();
    sink.document({ title: file.path, text, lines: '1-1' });
  },
  printing: async (file, sink) => {
    console.log('what a library prints', 'x'.repeat(1 << 20));
    console.error('x'.repeat(1 << 20));
    await troubles.good(file, sink);
  },
  endless: async (file, sink) => {
    await troubles.good(file, sink);
    for (;;);
  },
  waiting: async () => {
    await new Promise((resolve) => setTimeout(resolve, 1e9));
  },
  heap: () => {
    const kept = [];
    for (;;) kept.push(new Array(1 << 16).fill(kept.length));
  },
  buffers: () => {
    const kept = [];
    for (;;) kept.push(Buffer.alloc(1 << 24, 1));
  },
  exit: async (file, sink) => {
    await troubles.good(file, sink);
    process.exit(0);
  },
  abort: () => process.abort(),
  garbage: async (file, sink) => {
    await troubles.good(file, sink);
    writeSync(3, '{"document":{"text":7}}\n');
  },
  flood: () => {
    for (;;) writeSync(3, 'x'.repeat(1 << 16));
  },
  throw: () => Promise.reject(new Error('the reader gave up')),
  large: (_, sink) => {
    sink.document({ title: 'a', text: 'x'.repeat(3 << 20), lines: '1-1' });
    sink.document({ title: 'b', text: '中文\n"quoted" \u{1f6a2}', row: 'b' });
    sink.reject({ code: 'TOW_DATA_NO_TEXT', reason: { id: 'reject.no-text' } }, 'c');
  },
};

export const format = {
  name: 'troubles',
  title: 'Troubles',
  kind: 'document',
  endings: Object.keys(troubles),
  mediaTypes: ['application/x-troubles'],
  bounds: 'file',
  options: [],
  layout: 'plain',
  signatures: [],
  isolated: { module: import.meta.url, memory: 160, time: 120_000 },
  load: () =>
    Promise.resolve({
      read: async (file, _, sink) => {
        await troubles[file.path.slice(file.path.lastIndexOf('.') + 1)](file, sink);
      },
    }),
};
