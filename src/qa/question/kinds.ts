/** What a question asks for. */
export type QuestionKind =
  | 'person'
  | 'place'
  | 'date'
  | 'number'
  | 'duration'
  | 'definition'
  | 'how-to'
  | 'yes-no'
  | 'reason'
  | 'consequence'
  | 'identifier'
  | 'value'
  | 'other';

/** Where in the question the answer would stand, were it a statement: `丢了 | 多少 | 分`. */
export interface Gap {
  readonly start: number;
  readonly end: number;
}

export interface KindMatch {
  readonly kind: QuestionKind;
  readonly gap: Gap;
}
