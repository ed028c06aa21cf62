import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalise } from '../normalise.ts';
import { linesOf } from './lines.ts';

test('a place of the normalised text is told by its line of the file, whatever blank lines stood between', () => {
  const blank = fc.constantFrom('', '  ', '\t', '\u200b', '\u3000 ');
  const filled = fc.constantFrom('text', '```', '~~~', '  # more ', 'x\u2028y', '\u200bz\v\f');
  const line = fc.oneof(blank, filled, fc.constant('MARK'));
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.nat(9), (lines, end, before) => {
      const raw = [...lines, 'end'].join(end);
      const text = normalise(raw);
      const starts = [...text.matchAll(/MARK/g)].map(({ index }) => index);
      const expected = lines.flatMap((each, at) => (each === 'MARK' ? [before + at + 1] : []));
      expect(linesOf(starts, text, { raw, lastLine: before + lines.length + 1 })).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
});
