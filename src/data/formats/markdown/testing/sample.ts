import type { FormatSample } from '../../testing/sample.ts';

const front = '---\ntitle: Locks and weirs\n---\n';
const body = '# Locks\n\nA lock raises boats.\n\n- One gate\n- 两道闸门\n';

export const sample: FormatSample = {
  bytes: () => Buffer.from(front + body),
  documents: [{ title: 'Locks and weirs', text: body, lines: '1-9' }],
  // Within a character.
  cut: Buffer.byteLength(front + body) - 2,
  anyText: true,
};
