/** Kinds of personal data that can be masked. Bank account numbers (IBAN) count as cards. */
export const maskKinds = ['email', 'phone', 'id', 'card', 'ip'] as const;
export type MaskKind = (typeof maskKinds)[number];

/** A place in a text that holds personal data. */
export interface Found {
  readonly start: number;
  readonly end: number;
  readonly kind: MaskKind;
}

/** Finds what matches a pattern and passes its check. The pattern is global and has no empty match. */
export function matches(
  text: string,
  pattern: RegExp,
  kind: MaskKind,
  accept: (match: string, at: number) => boolean = () => true,
): Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(pattern)) {
    if (accept(match[0], match.index))
      found.push({ start: match.index, end: match.index + match[0].length, kind });
  }
  return found;
}

/** What stands just before a place, for words that give a number its meaning. */
export function before(text: string, at: number, length = 24): string {
  return text.slice(Math.max(0, at - length), at);
}
