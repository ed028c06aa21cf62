import type { Language } from '../../core/language.ts';

/** Puts a question's terms into another language, to find documents written in it. */
export interface Translator {
  /** Terms in `to` for those that the question has; empty when it knows none. */
  translate(question: string, to: Language, signal: AbortSignal): Promise<string[]>;
}

/** Knows no term of any language. */
export const noTranslator: Translator = { translate: () => Promise.resolve([]) };
