/** A turn of a chat. */
interface Turn {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** What a row teaches: text to go on with, a chat whose answers are learnt, or a text and its score. */
export type Material =
  { readonly text: string; readonly score?: number } | { readonly messages: readonly Turn[] };

/** A line of the `rows.jsonl` that the trainer tokenises. */
export type TrainingRow = Material & {
  readonly id: string;
  readonly split: 'train' | 'validation';
  /** Where it comes from: the path of a document, or of a file of examples with the line. */
  readonly document: string;
};
