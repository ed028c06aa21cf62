import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DocumentRecord } from '../../src/contract/documents/document.ts';
import { seededRandom } from '../../src/core/random.ts';
import { buildIndex } from '../../src/data/index/build.ts';
import { passageSettings } from '../../src/data/index/section.ts';
import { openIndex } from '../../src/qa/retrieval/open-index.ts';

const { signal } = new AbortController();
const count = 60_000;
const random = seededRandom(8);
const word = (): string => `w${Math.floor(40_000 * random() ** 3).toString(36)}`;

/** As many documents of one passage each; every hundredth has a word of its own. */
function* documents(): Generator<DocumentRecord> {
  for (let at = 0; at < count; at += 1) {
    const id = String(at).padStart(6, '0');
    const own = at % 100 === 0 ? ` keeper${String(at)}` : '';
    const text = `lock ${Array.from({ length: 90 }, word).join(' ')}${own}.`;
    yield { id, source: `${id}.txt`, title: id, language: 'en', text, split: 'train', layout: 'plain' };
  }
}

// On two cores the build stood still for ever from some 30,000 passages on.
test('sixty thousand passages are indexed and found', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'towpath-scale-'));
  try {
    const { passages } = await buildIndex(folder, documents(), {
      settings: passageSettings.parse({}),
      signal,
    });
    expect(passages).toBe(count);
    const index = await openIndex(folder);
    for (let at = 0; at < count; at += 5000) {
      const [first] = await index.search(`Where is keeper${String(at)}?`, 1, signal);
      expect(first?.passage.source).toBe(`${String(at).padStart(6, '0')}.txt`);
    }
    // Every passage has this word: the order of equal scores is settled among all of them.
    const [once, again] = [await index.search('lock', 10, signal), await index.search('lock', 10, signal)];
    expect(once).toHaveLength(10);
    expect(again).toEqual(once);
    await index.close();
  } finally {
    await rm(folder, { recursive: true });
  }
});
