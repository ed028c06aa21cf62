import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writtenNumber } from './written-number.ts';

test.each([
  ['{"id":1990391500702712081}', '1990391500702712081'],
  ['{"a":{"id":1},"b":["id",2],"id" : -1.50e400 ,"c":"\\"id\\":3"}', '-1.50e400'],
  ['{"id":1,"id":2}', '2'],
  ['{"id":1,"id":"x"}', undefined],
  ['{"i\\u0064":12}', '12'],
  ['{"id":[7]}', undefined],
  ['{"x":1}', undefined],
])('finds the digits in %s', (line, digits) => {
  expect(writtenNumber(line, 'id')).toBe(digits);
});

test('agrees with the parser on any object', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.double({ noNaN: true }), (object, id) => {
      const line = JSON.stringify({ ...object, id });
      const digits = writtenNumber(line, 'id');
      expect(JSON.parse(line)).toMatchObject({ id: digits === undefined ? null : Number(digits) });
    }),
  );
});
