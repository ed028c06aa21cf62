import type { Language } from '../../core/language.ts';
import type { CodeSort } from './code-sort.ts';
import type { Gap, QuestionKind } from './kinds.ts';

/** A content word of a question and how much finding it says. */
export interface Keyword {
  readonly text: string;
  readonly stem: string;
  readonly weight: number;
  /** Part of a name, a quotation, a number or code. */
  readonly named: boolean;
  /** Whether any passage of the index has it, or a word of the same meaning. */
  readonly known: boolean;
  /** Whether no passage has the very word: only synonyms, or nothing. */
  readonly unknownItself: boolean;
  /** Other ways of saying it, as stems (English) or words (Chinese); each says it a little less. */
  readonly also: readonly string[];
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
  /** The sort of code asked for, where the question names one. */
  readonly sort?: CodeSort | undefined;
  /** What a word counts that no passage has: how much one word can say in this index at most. */
  readonly rarest: number;
  /** Several things are asked for: "which keys are ...", 哪些. */
  readonly plural: boolean;
}
