const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

export interface Word {
  /** Lower-cased, width-folded (NFKC). */
  readonly text: string;
  /** UTF-16 offsets into the original text. */
  readonly start: number;
  readonly end: number;
}

/**
 * Words of English, Chinese or mixed text, without punctuation, by ICU's dictionary segmentation
 * (Unicode UAX #29 with the CJK dictionary). Identifiers such as `recall@5` come apart at their punctuation.
 */
export function* words(text: string): Generator<Word> {
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (!isWordLike) continue;
    yield { text: segment.normalize('NFKC').toLowerCase(), start: index, end: index + segment.length };
  }
}

/** The words joined by single spaces: what the full-text index stores and is asked with. */
export function segmented(text: string): string {
  return Array.from(words(text), (word) => word.text).join(' ');
}
