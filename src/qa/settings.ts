/** Settings of the answer path: the `qa` section of the project file without the files it names. */
export interface QaSettings {
  /** Passages retrieved for a question. */
  readonly passages: number;
  /** Support below which an answer is declined, 0 to 1. */
  readonly declineBelow: number;
  /** Tokens the model may write for one answer. */
  readonly maxTokens: number;
  readonly temperature: number;
  /** Tokens the model may see at once. */
  readonly context: number;
  /** Instructions to the model by language, in place of the built-in ones. */
  readonly prompts: Readonly<Record<string, string>>;
}

export const defaultQaSettings: QaSettings = {
  passages: 5,
  declineBelow: 0.49,
  maxTokens: 96,
  temperature: 0,
  context: 2048,
  prompts: {},
};
