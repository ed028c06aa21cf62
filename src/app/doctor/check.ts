import { render, type Text } from '../../core/messages/message.ts';

/** One thing looked at. */
export interface Check {
  /** `python`, `port`. */
  readonly name: Text;
  /** `warn`: Towpath works, with less. `fail`: it does not. */
  readonly state: 'ok' | 'warn' | 'fail';
  /** Who has to act on a failure: the machine lacks something, or the project is wrong. */
  readonly lacks?: 'machine' | 'project';
  /** What was found, in a few words. */
  readonly found: Text;
  /** How to get what lacks. */
  readonly fix?: Text;
}

/** A check for machines, in English. */
export interface CheckRecord extends Omit<Check, 'name' | 'found' | 'fix'> {
  readonly name: string;
  readonly found: string;
  readonly fix?: string;
}

export function checkRecord({ name, found, fix, ...rest }: Check): CheckRecord {
  const words = { name: render(name, 'en'), ...rest, found: render(found, 'en') };
  return fix === undefined ? words : { ...words, fix: render(fix, 'en') };
}
