import type { ChatMessage } from '../../replica/generator.ts';
import type { Question } from '../question/question.ts';

/** Longest instruction that a project may give. */
export const mostPromptCharacters = 4000;

/** Characters of sentences that a model is shown: a small one loses the thread in more. */
const mostMaterial = 900;

const instructions = {
  en: 'Answer the question in one or two short sentences. Use only the facts below, with their words, names and numbers. Add nothing.',
  zh: '请用一两句简短的中文回答问题。只使用下面的事实，保留其中的用词、名称和数字，不要添加任何内容。',
} as const;

/**
 * The chat that asks a model to phrase an answer. Only selected sentences go in, as material: whatever a document
 * tells the model to do, what comes out is checked against those same sentences.
 */
export function promptFor(
  question: Question,
  sentences: readonly string[],
  overrides: Readonly<Record<string, string>>,
): ChatMessage[] {
  const language = question.language === 'zh' ? 'zh' : 'en';
  const labels =
    language === 'zh' ? { facts: '事实', question: '问题' } : { facts: 'Facts', question: 'Question' };
  const material: string[] = [];
  let length = 0;
  for (const sentence of sentences) {
    const line = sentence.replace(/\s+/g, ' ');
    if (length > 0 && length + line.length > mostMaterial) break;
    material.push(`- ${line.slice(0, mostMaterial)}`);
    length += line.length;
  }
  return [
    { role: 'system', content: overrides[language] ?? instructions[language] },
    {
      role: 'user',
      content: `${labels.facts}:\n${material.join('\n')}\n\n${labels.question}: ${question.text.slice(0, mostMaterial)}`,
    },
  ];
}
