import { decode, type Text } from './message.ts';
import { recognise } from './recognise.ts';

/** The message of an issue that zod found: a text of ours that was encoded, or zod's own words. */
export function issueText(message: string): Text {
  return recognise('issue', message) ?? decode(message);
}
