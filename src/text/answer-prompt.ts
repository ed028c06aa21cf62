/** What a model is told and shown when it is to answer from facts; `user` holds `{facts}` and `{question}`. */
export interface AnswerPrompt {
  readonly system: string;
  readonly user: string;
}

/** What serving asks a model in each language, and what is said when the passages do not answer. */
export type ServedPrompts = Readonly<Record<'en' | 'zh', AnswerPrompt & { readonly declined: string }>>;

interface ChatTurn {
  readonly role: 'system' | 'user';
  readonly content: string;
}

/** Characters of sentences that a model is shown, and of a question: a small model loses the thread in more. */
const mostMaterial = 900;

/** The chat that asks for an answer: the same in training and in serving, so that a model meets what it has learnt. */
export function answerChat(
  { system, user }: AnswerPrompt,
  { question, sentences }: { readonly question: string; readonly sentences: readonly string[] },
): ChatTurn[] {
  const parts: Readonly<Record<string, string>> = {
    facts: factLines(sentences),
    question: question.slice(0, mostMaterial),
  };
  // In one pass: what a document or an asker writes is never taken for a place to fill.
  const content = user.replace(/\{(facts|question)\}/g, (_, name: string) => parts[name] ?? '');
  return [
    { role: 'system', content: system },
    { role: 'user', content },
  ];
}

function factLines(sentences: readonly string[]): string {
  const lines: string[] = [];
  let length = 0;
  for (const sentence of sentences) {
    const line = sentence.replace(/\s+/g, ' ');
    if (length > 0 && length + line.length > mostMaterial) break;
    lines.push(`- ${line.slice(0, mostMaterial)}`);
    length += line.length;
  }
  return lines.join('\n');
}
