import { describe, expect, test } from 'vitest';
import { digestBytes } from '../../core/digest.ts';
import { infoOf, readLabel, type Label } from './label.ts';

const digest = digestBytes('x');
const label: Label = {
  ...{ schema: 1, digest, kind: 'folder', media: 'set', bytes: 3 },
  entries: [
    ['a/', 0, '', 0],
    ['a/b', 3, digest, 12.5],
  ],
};
const read = (value: unknown) => readLabel(JSON.stringify(value), digest, '/place');

describe('a label', () => {
  test('is read as it was written, and says what the artifact is', () => {
    expect(read(label)).toEqual(label);
    expect(infoOf(label)).toEqual({ digest, kind: 'folder', media: 'set', bytes: 3, files: 1 });
    expect(infoOf({ ...label, kind: 'file', entries: [['', 3, digest, 1]] }).files).toBe(1);
  });

  test.each<[string, unknown]>([
    ['no object', null],
    ['a text', 'x'],
    ['no schema', { ...label, schema: undefined }],
    ['an older schema', { ...label, schema: 0 }],
    ['half a schema', { ...label, schema: 1.5 }],
    ['a schema in words', { ...label, schema: '2' }],
    ['more than it may have', { ...label, more: 1 }],
    ['another digest', { ...label, digest: digestBytes('y') }],
    ['a digest that is none', { ...label, digest: `${digest}0` }],
    ['another kind', { ...label, kind: 'link' }],
    ['no media', { ...label, media: 1 }],
    ['less than nothing', { ...label, bytes: -1 }],
    ['half a byte', { ...label, bytes: 0.5 }],
    ['an entry of less than nothing', { ...label, entries: [['a', -1, '', 0]] }],
    ['an entry too short', { ...label, entries: [['a', 1, '']] }],
  ])('with %s is damaged', (_, value) => {
    expect(read(value)).toEqual({ damage: expect.any(Error) as Error });
  });

  test('that is no JSON is damaged', () => {
    expect(readLabel('{"half', digest, '/place')).toEqual({ damage: expect.any(SyntaxError) as Error });
  });

  test('of a later version is left alone, by name', () => {
    const error = expect.objectContaining({
      ...{ code: 'TOW_STORE_ARTIFACT_NEWER', where: '/place', data: { digest, schema: 2, known: 1 } },
      message: expect.stringContaining(digest.slice(0, 8)) as string,
    }) as Error;
    for (const more of [{}, { bytes: 'many' }])
      expect(() => read({ ...label, ...more, schema: 2 })).toThrow(error);
  });
});
