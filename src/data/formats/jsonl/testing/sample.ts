import type { FormatSample } from '../../testing/sample.ts';

const rows = [
  { key: 'b', name: 'Locks', text: 'A lock raises boats.' },
  { key: 'a', name: 'Weirs', text: 'A weir\nholds water.' },
  { key: 7, name: '闸门', text: '两道闸门' },
];
const lines = `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`;

export const sample: FormatSample = {
  bytes: () => Buffer.from(lines),
  settings: { title: 'name', id: 'key' },
  documents: rows.map(({ key, name, text }, at) => ({
    ...{ row: String(key), title: name, text, lines: String(at + 1) },
  })),
  cut: Buffer.byteLength(lines) - 3,
};
