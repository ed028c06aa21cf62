import type { FormatSample } from '../../testing/sample.ts';

const page = `<!doctype html><title>Locks &amp; weirs</title><nav>Home</nav>
<h1>Locks</h1><p>A lock <b>raises</b> boats.<ul><li>One gate<li>两道闸门</ul>`;

export const sample: FormatSample = {
  bytes: () => Buffer.from(page),
  documents: [{ title: 'Locks & weirs', text: '# Locks\n\nA lock raises boats.\n\n- One gate\n- 两道闸门' }],
  // Within a character.
  cut: Buffer.byteLength(page) - '</ul>'.length - 1,
  anyText: true,
};
