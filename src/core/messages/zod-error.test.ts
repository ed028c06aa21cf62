import { expect, it } from 'vitest';
import { z } from 'zod';
import { encode, render, say } from './message.ts';
import { zodErrorText } from './zod-error.ts';

const schema = z.strictObject({
  name: z.string(),
  inner: z.strictObject({ digest: z.custom(() => false, encode(say('fields.not-digest'))) }),
});

it('says what is wrong with the fields of a record as zod lays it out, and in Chinese', () => {
  const { error } = schema.safeParse({ inner: { digest: 'x' }, more: 1 });
  if (error === undefined) throw new Error('it is taken for sound');
  const text = zodErrorText(error);
  const zod = z.prettifyError(error).replace(/\u0001.*/, 'not a SHA-256 digest');
  expect(render(text, 'en')).toBe(zod);
  expect(render(text, 'zh')).toBe(
    [
      '✖ 无法识别的键："more"',
      '✖ 类型不符：应为 string，实际为 undefined',
      '  → 位于 name',
      '✖ 不是 SHA-256 摘要',
      '  → 位于 inner.digest',
    ].join('\n'),
  );
});
