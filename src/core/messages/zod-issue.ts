import { decode, say, type Message, type Text } from './message.ts';

type Values = readonly (string | undefined)[];

/** As zod words its issues; what it says of anything else stays as it is. */
const forms: readonly (readonly [RegExp, (values: Values) => Message])[] = [
  [
    /^Invalid input: expected (.+), received (.+)$/,
    ([, expected = '', found = '']) => say('issue.type', { expected, found }),
  ],
  [/^Invalid option: expected one of (.+)$/, ([, options = '']) => say('issue.option', { options })],
  [/^Unrecognized key: (.+)$/, ([, keys = '']) => say('issue.key', { keys })],
  [/^Unrecognized keys: (.+)$/, ([, keys = '']) => say('issue.keys', { keys })],
  [
    /^Too big: expected (\S+) to have (\S+) characters$/,
    ([, what = '', bound = '']) => say('issue.long', { what, bound }),
  ],
  [
    /^Too small: expected (\S+) to have (\S+) characters$/,
    ([, what = '', bound = '']) => say('issue.short', { what, bound }),
  ],
  [/^Too big: expected (\S+) to be (\S+)$/, ([, what = '', bound = '']) => say('issue.big', { what, bound })],
  [
    /^Too small: expected (\S+) to be (\S+)$/,
    ([, what = '', bound = '']) => say('issue.small', { what, bound }),
  ],
];

/** The message of an issue that zod found: a text of ours that was encoded, or zod's own words. */
export function issueText(message: string): Text {
  for (const [form, text] of forms) {
    const match = form.exec(message);
    if (match) return text(match);
  }
  return decode(message);
}
