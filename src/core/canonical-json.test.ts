import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, type Json } from './canonical-json.ts';
import { digestJson } from './digest.ts';

test('key order does not change the text', () => {
  expect(canonicalJson({ b: 1, a: [2, { d: 3, c: null }] })).toBe('{"a":[2,{"c":null,"d":3}],"b":1}');
});

test('a member that is undefined is left out', () => {
  expect(canonicalJson({ a: undefined, b: true })).toBe('{"b":true}');
});

test('a number that JSON cannot carry is refused instead of merging with null', () => {
  expect(() => canonicalJson({ a: Number.NaN })).toThrow(TypeError);
  expect(() => canonicalJson([Infinity])).toThrow(TypeError);
});

test('parsing gives the value back, and shuffled keys give the same digest', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const original = value as Record<string, Json>;
      const reversed = Object.fromEntries(Object.entries(original).reverse());
      expect(JSON.parse(canonicalJson(original))).toEqual(JSON.parse(JSON.stringify(original)));
      expect(digestJson(reversed)).toBe(digestJson(original));
    }),
  );
});
