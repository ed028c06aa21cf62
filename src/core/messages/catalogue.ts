import type { MessageEntry } from './entry.ts';

let texts: Readonly<Record<string, MessageEntry>> = {};

/**
 * Makes the texts for people known to this process. Programs do it where they begin (`load.ts`): code that computes names
 * its texts and never reaches them, so that its version does not change when a text does.
 */
export function useTexts(table: Readonly<Record<string, MessageEntry>>): void {
  texts = table;
}

export function textsInUse(): Readonly<Record<string, MessageEntry>> {
  return texts;
}
