import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stem, terms } from './terms.ts';

describe('terms', () => {
  it('leaves out function words and reduces English words to a stem', () => {
    expect(terms('Which replicas were restarting?')).toEqual(['replica', 'restart']);
  });

  it('keeps identifiers whole and in parts', () => {
    expect(terms('max_tokens in towpath.yaml')).toEqual([
      'max_tokens',
      'max',
      'token',
      'towpath.yaml',
      'towpath',
      'yaml',
    ]);
  });

  it('keeps numbers whole', () => {
    expect(terms('version 3.11 costs 1,200')).toEqual(['version', '3.11', 'cost', '1,200']);
  });

  it('adds characters and neighbouring pairs to Chinese words, never across a function word', () => {
    const found = terms('索引的切分');
    expect(found).toContain('索引');
    expect(found).toContain('切分');
    expect(found).not.toContain('引切');
    expect(found).not.toContain('的');
  });

  it('makes the same terms of full-width and half-width text', () => {
    expect(terms('ＧＰＵ')).toEqual(terms('gpu'));
  });

  it.each([
    ['running', 'run'],
    ['stopped', 'stop'],
    ['libraries', 'librari'],
    ['library', 'librari'],
    ['bus', 'bus'],
    ['class', 'class'],
    ['caches', 'cach'],
    ['cache', 'cach'],
    ['string', 'string'],
  ])('reduces %s to %s', (word, expected) => {
    expect(stem(word)).toBe(expected);
  });

  it('never yields an empty term or one with white space, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        for (const term of terms(text)) expect(term).toMatch(/^\S+$/u);
      }),
    );
  });
});
