import { expect, it } from 'vitest';
import { fuse } from './fuse.ts';

const ids = (lists: string[][]) => fuse(lists, (id) => id).map(({ item }) => item);

it('puts what both lists rank well before what only one does', () => {
  expect(
    ids([
      ['a', 'b', 'c'],
      ['d', 'b', 'e'],
    ])[0],
  ).toBe('b');
});

it('keeps the order of a list fused with an empty one', () => {
  expect(ids([['a', 'b', 'c'], []])).toEqual(['a', 'b', 'c']);
});

it('gives equal ranks to the first list', () => {
  expect(ids([['a'], ['b']])).toEqual(['a', 'b']);
});
