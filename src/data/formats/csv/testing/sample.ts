import type { FormatSample } from '../../testing/sample.ts';

const rows =
  'key;name;text\r\nb;Locks;A lock raises boats.\r\na;Weirs;"A weir; it\nholds water."\r\nc;闸门;"两道闸门"\r\n';

export const sample: FormatSample = {
  bytes: () => Buffer.from(rows),
  settings: { title: 'name', id: 'key' },
  documents: [
    { row: 'b', title: 'Locks', text: 'A lock raises boats.', lines: '2' },
    { row: 'a', title: 'Weirs', text: 'A weir; it\nholds water.', lines: '3-4' },
    { row: 'c', title: '闸门', text: '两道闸门', lines: '5' },
  ],
  // Before the last quotation mark.
  cut: Buffer.byteLength(rows) - 3,
};
