import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sectionContext, worded } from '../project/testing/section-context.ts';
import { qaSection, qaSettingsOf, type QaSection } from './section.ts';
import { defaultQaSettings } from './settings.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'towpath-qa-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

const parse = (value: unknown): QaSection => qaSection.schema.parse(value);

describe('the qa section', () => {
  it('has a default for everything', () => {
    expect(qaSettingsOf(parse(undefined))).toEqual(defaultQaSettings);
  });

  it('refuses unknown keys and values out of range', () => {
    expect(qaSection.schema.safeParse({ passage: 5 }).success).toBe(false);
    expect(qaSection.schema.safeParse({ decline_below: 1.5 }).success).toBe(false);
  });

  it('wants room for the question beside the answer', async () => {
    const problems = worded(await qaSection.check?.(parse({ max_tokens: 1500 }), await sectionContext(dir)));
    expect(problems).toMatchObject([{ path: ['qa', 'max_tokens'], accepted: '1 to 1024' }]);
  });

  it('names the line of a broken glossary, and a missing one', async () => {
    await writeFile(join(dir, 'terms.tsv'), '# notes\nrelease\t发布\nbroken line\n');
    expect(
      worded(await qaSection.check?.(parse({ glossary: 'terms.tsv' }), await sectionContext(dir))),
    ).toMatchObject([
      { path: ['qa', 'glossary'], message: expect.stringContaining('terms.tsv:3') as string },
    ]);
    expect(await qaSection.check?.(parse({ glossary: 'none.tsv' }), await sectionContext(dir))).toHaveLength(
      1,
    );
  });

  it('does not quote what stands in a broken glossary', async () => {
    await writeFile(join(dir, 'terms.tsv'), 'root:x:0:0:secret\n');
    const problems = await qaSection.check?.(parse({ glossary: 'terms.tsv' }), await sectionContext(dir));
    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems)).not.toContain('root');
  });
});
