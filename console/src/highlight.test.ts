import { expect, test } from 'vitest';
import { highlighted } from './highlight.ts';

const marked = (passage: string, ...claims: string[]) =>
  highlighted(passage, claims)
    .filter((stretch) => stretch.marked)
    .map((stretch) => stretch.text);

test('marks each place once, however many claims rest on it', () => {
  const passage = 'The port is 7411. It is local.';
  expect(marked(passage, 'The port is 7411.', 'The port is 7411.')).toEqual(['The port is 7411.']);
  expect(marked(passage, 'port is 7411. It', 'It is local.')).toEqual(['port is 7411. It', ' is local.']);
});

test('takes the characters of a claim as they are, not as a pattern', () => {
  expect(marked('Costs (a+b)* crowns [x].', '(a+b)*')).toEqual(['(a+b)*']);
});

test('finds the Chinese sentence that shares most characters with a claim', () => {
  expect(marked('石桥建于1688年。马车不得驶上石桥。茶馆八点开门。', '马车不能驶上石桥')).toEqual([
    '马车不得驶上石桥。',
  ]);
});

test('knows a sentence by its words whatever their case, and none that shares too few', () => {
  expect(marked('Nothing here. THE FERRY CROSSES THE RIVER. Or here.', 'the ferry crosses a river')).toEqual([
    'THE FERRY CROSSES THE RIVER.',
  ]);
  expect(marked('The bakery sells bread.', 'The ferry crosses the river')).toEqual([]);
});

test('marks nothing for a claim without words, or in an empty passage', () => {
  expect(marked('It is so.', '—', '')).toEqual([]);
  expect(highlighted('', ['It is so.'])).toEqual([]);
});
