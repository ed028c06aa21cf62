import type { Citation } from '../../contract/answer.ts';
import type { Passage } from '../../contract/passage.ts';

/** Numbers passages in the order in which an answer first rests on them. */
export class Citations {
  readonly #numbers = new Map<string, number>();
  readonly #list: Citation[] = [];

  /** The passage's number, from 1; the same passage keeps its number. */
  cite({ id, source, heading, text }: Passage): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    const n = this.#list.length + 1;
    this.#numbers.set(id, n);
    this.#list.push({ n, source, heading, text });
    return n;
  }

  all(): Citation[] {
    return [...this.#list];
  }
}

/** `text [1][2]` */
export function marked(text: string, numbers: readonly number[]): string {
  return numbers.length === 0 ? text : `${text} ${numbers.map((n) => `[${n}]`).join('')}`;
}
