import { expect, it } from 'vitest';
import { z } from 'zod';
import { encode, isMessage, render, say } from './message.ts';
import { englishIn } from './testing/english.ts';
import { issueText } from './zod-issue.ts';

const text = z.string();

it.each([
  ['a wrong type', text, 1],
  ['a missing value', z.strictObject({ a: text }), {}],
  ['no whole number', z.int(), 1.5],
  ['another literal', z.literal('live'), 'dead'],
  ['another option', z.enum(['en', 'zh']), 'de'],
  ['an unknown key', z.strictObject({}), { a: 1 }],
  ['unknown keys', z.strictObject({}), { a: 1, b: 2 }],
  ['a long text', text.max(1), 'ab'],
  ['a short text', text.min(3), 'ab'],
  ['a long list', z.array(text).max(1), ['a', 'b']],
  ['a short list', z.array(text).min(1), []],
  ['a small set', z.set(text).min(1), new Set()],
  ['a large map', z.map(text, text).max(0), new Map([['a', 'b']])],
  ['a large number', z.number().max(1), 2],
  ['a small number', z.number().gt(1), 1],
  ['no multiple', z.number().multipleOf(5), 7],
  ['no part of a union', z.union([text, z.boolean()]), 1],
  ['two parts of a union', z.xor([text, text.max(5)]), 'a'],
  [
    'another kind of a union',
    z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') })]),
    { kind: 'b' },
  ],
  ['a key that does not fit', z.record(text.regex(/^a$/), text), { b: 'c' }],
  ['an element that does not fit', z.map(text, z.number()), new Map([['a', 'b']])],
  ['another pattern', text.regex(/^a+$/), 'b'],
  ['another beginning', text.startsWith('a'), 'b'],
  ['another end', text.endsWith('a'), 'b'],
  ['what it does not include', text.includes('a'), 'b'],
  ['no URL', z.url(), 'x'],
  ['no address', z.email(), 'x'],
  ['no date', z.iso.date(), 'x'],
  ['no time of a day', z.iso.time(), 'x'],
  ['no instant', z.iso.datetime(), 'x'],
  ['no UUID', z.uuid(), 'x'],
  ['no Date', z.date(), new Date(Number.NaN)],
  ['what a refinement refuses', text.refine(() => false), 'x'],
] as const)('zod says %s in both languages', (_, schema: z.ZodType, value) => {
  const issues = schema.safeParse(value).error?.issues ?? [];
  expect(issues.length).toBeGreaterThan(0);
  for (const { message } of issues) {
    const said = issueText(message);
    expect(isMessage(said)).toBe(true);
    expect(render(said, 'en')).toBe(message);
    expect(render(said, 'zh')).toMatch(/\p{Script=Han}/u);
    // The kinds of values keep their names.
    const names = [
      'string',
      'number',
      'undefined',
      'boolean',
      'array',
      'record',
      'live',
      'UUID',
      'date',
      'Date',
    ];
    expect(englishIn(render(said, 'zh'), names)).toEqual([]);
  }
});

it('gives back what we said ourselves, and words that it does not know', () => {
  expect(issueText(encode(say('secret.literal')))).toEqual(say('secret.literal'));
  expect(issueText('names a form twice')).toBe('names a form twice');
});
