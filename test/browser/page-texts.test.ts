import fc from 'fast-check';
import { expect, test } from 'vitest';
import { highlighted } from '../../console/src/highlight.ts';
import { claims, pieces } from '../../console/src/marks.ts';
import { EventParser } from '../../console/src/sse.ts';

test('events survive any cut, and comments are no events', () => {
  const stream = ': ping\n\nevent: sentence\ndata: {"text":"甲"}\n\ndata: [DONE]\n\n';
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length), { maxLength: 8 }), (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), stream.length];
      const parser = new EventParser();
      const events = places.slice(1).flatMap((place, at) => parser.push(stream.slice(places[at], place)));
      expect(events).toEqual([
        { event: 'sentence', data: '{"text":"甲"}' },
        { event: 'message', data: '[DONE]' },
      ]);
    }),
  );
});

test('an answer comes apart at the marks that cite something', () => {
  expect(pieces('It is so [1][2]. Array[9] stays.', new Set([1, 2]))).toEqual([
    { text: 'It is so' },
    { citation: 1 },
    { citation: 2 },
    { text: '. Array[9] stays.' },
  ]);
});

test('a citation knows the sentences that rest on it', () => {
  const answer = 'The port is 7411. [1] It is local. [2][1] 回退会生效。[3]';
  expect(claims(answer, 1)).toEqual(['The port is 7411.', 'It is local.']);
  expect(claims(answer, 3)).toEqual(['回退会生效。']);
});

test('marks the very words, or the sentence that shares most of them, or nothing', () => {
  const passage = 'The gateway is small. It listens on port 7411 of this machine. Nothing else.';
  const marked = (claim: string) =>
    highlighted(passage, [claim])
      .filter((stretch) => stretch.marked)
      .map((stretch) => stretch.text);
  expect(marked('listens on port 7411')).toEqual(['listens on port 7411']);
  expect(marked('It listens on the port 7411 here.')).toEqual(['It listens on port 7411 of this machine.']);
  expect(marked('Rivers flow to the sea.')).toEqual([]);
});

test('highlighting never changes the passage', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.string({ unit: 'grapheme' })),
      (passage, some) => {
        expect(
          highlighted(passage, some)
            .map((stretch) => stretch.text)
            .join(''),
        ).toBe(passage);
      },
    ),
  );
});
