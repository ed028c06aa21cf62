/** Longest UTF-8 character that a byte-level vocabulary may spread over tokens, and some room. */
const maxPending = 8;

/**
 * Text of a token stream. Byte-level vocabularies split one character over several tokens; such tokens are held until
 * the character is whole, so that no client ever sees U+FFFD in its place.
 */
export class TokenText<Token> {
  readonly #detokenize: (tokens: readonly Token[], before: readonly Token[]) => string;
  #before: readonly Token[];
  #pending: Token[] = [];

  /** @param before the tokens just before the stream: some vocabularies write a leading space only in mid-text */
  constructor(
    detokenize: (tokens: readonly Token[], before: readonly Token[]) => string,
    before: readonly Token[],
  ) {
    this.#detokenize = detokenize;
    this.#before = before.slice(-maxPending);
  }

  /** Takes the next token; returns the text that is whole by now, often none. */
  push(token: Token): string {
    this.#pending.push(token);
    const text = this.#detokenize(this.#pending, this.#before);
    if (text.endsWith('\uFFFD') && this.#pending.length < maxPending) return '';
    return this.#flush(text);
  }

  /** What is left when the stream ended inside a character. */
  end(): string {
    return this.#pending.length === 0 ? '' : this.#flush(this.#detokenize(this.#pending, this.#before));
  }

  #flush(text: string): string {
    this.#before = [...this.#before, ...this.#pending].slice(-maxPending);
    this.#pending = [];
    return text;
  }
}
