import { describe, expect, it } from 'vitest';
import { glossaryTranslator } from './glossary.ts';
import { noTranslator, type Translator } from './translator.ts';

const glossary = glossaryTranslator('release\t发布\nrelease notes\t发布说明\ngateway\t网关\r\n', 'terms.tsv');
const { signal } = new AbortController();

describe.each<[string, Translator]>([
  ['none', noTranslator],
  ['glossary', glossary],
])('any translator (%s)', (_, translator) => {
  it('gives terms for any text, and none for a text without known ones', async () => {
    for (const text of ['', '🚀', '\u0000', 'a'.repeat(4000), 'nothing known']) {
      expect(await translator.translate(text, 'zh', signal)).toEqual([]);
      expect(await translator.translate(text, 'und', signal)).toEqual([]);
    }
  });
});

describe('a glossary', () => {
  it('translates both ways', async () => {
    expect(await glossary.translate('Where is the gateway of a release?', 'zh', signal)).toEqual([
      '发布',
      '网关',
    ]);
    expect(await glossary.translate('网关在哪里？', 'en', signal)).toEqual(['gateway']);
  });

  it('takes the longer term, whole words only, endings allowed', async () => {
    expect(await glossary.translate('Are release notes kept?', 'zh', signal)).toEqual(['发布说明']);
    expect(await glossary.translate('Two gateways', 'zh', signal)).toEqual(['网关']);
    expect(await glossary.translate('The prerelease', 'zh', signal)).toEqual([]);
  });

  it.each(['one', 'a\tb\tc', '\t发布'])('names the line of %j', (line) => {
    expect(() => glossaryTranslator(`ok\t好\n${line}`, 'terms.tsv')).toThrow(
      expect.objectContaining({ code: 'TOW_SERVE_QA_GLOSSARY_BROKEN', where: 'terms.tsv:2' }) as Error,
    );
  });
});
