const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/gu;

/**
 * Length of a text in characters of Latin size: a Chinese, Japanese or Korean one counts as two, as it does on a
 * terminal, for it carries about as much as two to three letters. One limit then serves both languages.
 */
export function measure(text: string): number {
  return text.length + (text.match(wide)?.length ?? 0);
}

/** Measures any stretch of one text without looking at it again. */
export class Ruler {
  /** Wide characters before each place; left out where there are none. */
  readonly #before: Uint32Array | undefined;

  constructor(text: string) {
    const places = Array.from(text.matchAll(wide), (match) => match.index);
    if (places.length === 0) return;
    this.#before = new Uint32Array(text.length + 1);
    for (const place of places) this.#before[place + 1] = 1;
    for (let at = 1; at < this.#before.length; at += 1)
      this.#before[at] = (this.#before[at] ?? 0) + (this.#before[at - 1] ?? 0);
  }

  measure(start: number, end: number): number {
    return end - start + (this.#before?.[end] ?? 0) - (this.#before?.[start] ?? 0);
  }
}
