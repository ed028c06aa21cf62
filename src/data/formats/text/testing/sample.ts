import type { FormatSample } from '../../testing/sample.ts';

const text = 'Locks\n\nA lock raises boats.\n# no heading\n两道闸门\n';

export const sample: FormatSample = {
  bytes: () => Buffer.from(text),
  documents: [{ title: 'Locks', text, lines: '1-5' }],
  // Within a character.
  cut: Buffer.byteLength(text) - 2,
  anyText: true,
};
