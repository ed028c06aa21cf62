/** What a code means and what to do about it, in both languages. */
export interface ErrorText {
  readonly meaning: { readonly en: string; readonly zh: string };
  readonly remedy: { readonly en: string; readonly zh: string };
}

/** Keeps the literal keys of a table of errors' texts, and only those, while checking its entries. */
export function errorTexts<Code extends `TOW_${string}`>(
  table: Readonly<Record<Code, ErrorText>>,
): Readonly<Record<Code, ErrorText>> {
  return table;
}
