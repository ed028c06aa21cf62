import { answerChat, type AnswerPrompt } from '../../text/answer-prompt.ts';
import type { ChatMessage } from '../../contract/generator.ts';
import type { Question } from '../question/question.ts';

/** Longest instruction that a project may give. */
export const mostPromptCharacters = 4000;

const prompts = {
  en: {
    system:
      'Answer the question in one or two short sentences. Use only the facts below, with their words, names and numbers. Add nothing.',
    user: 'Facts:\n{facts}\n\nQuestion: {question}',
  },
  zh: {
    system: '请用一两句简短的中文回答问题。只使用下面的事实，保留其中的用词、名称和数字，不要添加任何内容。',
    user: '事实:\n{facts}\n\n问题: {question}',
  },
} as const;

/** The prompts by language, with a project's own instructions where it has them: what training prepares a model for. */
export function answerPrompts(
  overrides: Readonly<Record<string, string>>,
): Record<'en' | 'zh', AnswerPrompt> {
  return {
    en: { ...prompts.en, ...(overrides['en'] !== undefined && { system: overrides['en'] }) },
    zh: { ...prompts.zh, ...(overrides['zh'] !== undefined && { system: overrides['zh'] }) },
  };
}

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
  return answerChat(answerPrompts(overrides)[language], { question: question.text, sentences });
}
