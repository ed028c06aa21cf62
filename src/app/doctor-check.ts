/** One thing looked at. */
export interface Check {
  /** `python`, `port`. */
  readonly name: string;
  /** `warn`: Towpath works, with less. `fail`: it does not. */
  readonly state: 'ok' | 'warn' | 'fail';
  /** Who has to act on a failure: the machine lacks something, or the project is wrong. */
  readonly lacks?: 'machine' | 'project';
  /** What was found, in a few words. */
  readonly found: string;
  /** How to get what lacks. */
  readonly fix?: string;
}
