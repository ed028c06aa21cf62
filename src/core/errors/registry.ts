import type { ErrorCode } from './code.ts';
import type { ErrorEntry } from './entry.ts';

const entries = new Map<string, ErrorEntry>();

/**
 * Makes the codes of a part of the program known to this process. Programs do it where they begin: code that computes
 * names a code and never reaches this table, so that its version does not change when a code is added.
 */
export function registerErrors(codes: Readonly<Record<string, ErrorEntry>>): void {
  for (const [code, entry] of Object.entries(codes)) entries.set(code, entry);
}

/** What a code is; one that nobody made known is a fault. */
export function entryOf(code: string): ErrorEntry {
  return entries.get(code) ?? { kind: 'fault' };
}

/** Whether a text from another program is one of our codes. */
export function isErrorCode(text: string): text is ErrorCode {
  return entries.has(text);
}

/** Every code made known to this process, for the reference pages. */
export function registeredErrors(): Readonly<Record<string, ErrorEntry>> {
  return Object.fromEntries(entries);
}
