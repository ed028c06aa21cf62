import type { z } from 'zod';
import type { Text } from '../core/messages/message.ts';
import type { Ask } from './trust/ask.ts';
import type { TrustCheck } from './trust/check.ts';

/** A problem in `towpath.yaml`, before its place in the file is known. */
export interface SectionProblem {
  /** Path inside the file: `['sources', 0, 'files']`. */
  readonly path: readonly (string | number)[];
  readonly message: Text;
  /** What would be accepted. */
  readonly accepted?: Text;
  /** What the user's trust would mend; `SectionContext.trust` makes such problems. */
  readonly ask?: Ask;
}

/** One top-level key of `towpath.yaml`, owned by a stage: its schema, its defaults and the checks across fields. */
export interface Section<K extends string = string, T = unknown> {
  readonly key: K;
  /** Strict objects only (`z.strictObject`): an unknown key is an error. Every field carries `.describe()`. */
  readonly schema: z.ZodType<T>;
  /** Checks that need other sections or the project folder; `whole` holds the parsed sections by key. */
  check?(value: T, context: SectionContext): SectionProblem[] | Promise<SectionProblem[]>;
}

export interface SectionContext {
  /** Absolute path of the project folder. */
  readonly dir: string;
  /** The sections without mistakes: one that a check leans on may be missing, and what it would say is then unknown. */
  readonly whole: Readonly<Record<string, unknown>>;
  /** Paths, hosts and secrets that a section names are asked for here. */
  readonly trust: TrustCheck;
}
