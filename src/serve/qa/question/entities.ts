/** Quotations, code, identifiers, numbers and capitalised names of a question, lower-cased. */
export function entitiesOf(question: string): string[] {
  const found = new Set<string>();
  for (const pattern of patterns) {
    for (const match of question.matchAll(pattern)) {
      const text = (match[1] ?? match[0]).trim().toLowerCase();
      if (text.length > 1) found.add(text);
    }
  }
  return [...found];
}

const patterns: readonly RegExp[] = [
  /["“「『《]([^"”」』》]{2,60})["”」』》]/gu,
  /`([^`]{1,60})`/gu,
  /(?<![\w-])--?[a-z][\w-]*/gu,
  /\b[a-z0-9]+(?:[._/@][a-z0-9]+)+\b/giu,
  /\b[A-Z]{2,}(?:_[A-Z0-9]+)*\b/gu,
  /(?<=\s)\p{Lu}[\p{L}'-]+(?:\s+\p{Lu}[\p{L}'-]+)*/gu,
  /\d+(?:[.,]\d+)*/gu,
];
