import type { Language } from '../../../core/language.ts';
import type { Gap, QuestionKind } from './kinds.ts';

/** A content word of a question and how much finding it says. */
export interface Keyword {
  readonly text: string;
  readonly stem: string;
  readonly weight: number;
  /** Part of a name, a quotation, a number or code. */
  readonly named: boolean;
  /** Whether any passage of the index has it. */
  readonly known: boolean;
}

export interface Question {
  readonly text: string;
  readonly language: Language;
  readonly kind: QuestionKind;
  readonly gap: Gap;
  readonly keywords: readonly Keyword[];
  /** Lower-cased names, quotations and code of the question: a passage that lacks them rarely answers. */
  readonly entities: readonly string[];
  /** What is asked for, by its noun: `theatre` of "what theatre was ...", `城市` of 哪个城市; stems. */
  readonly focus: readonly string[];
}
