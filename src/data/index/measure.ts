const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/gu;

/**
 * Length of a text in characters of Latin size: a Chinese, Japanese or Korean one counts as two, as it does on a
 * terminal, for it carries about as much as two to three letters. One limit then serves both languages.
 */
export function measure(text: string): number {
  return text.length + (text.match(wide)?.length ?? 0);
}
