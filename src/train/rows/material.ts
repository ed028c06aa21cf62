import { answerChat, type ServedPrompts } from '../../text/answer-prompt.ts';
import { detectLanguage } from '../../text/language.ts';
import { sentences } from '../../text/sentences.ts';
import type { Example } from './example.ts';
import type { Material } from './row.ts';

/** An example as what is learnt from it: a question about a passage is put exactly as serving puts it. */
export function materialOf(example: Example, services: ServedPrompts): Material {
  if ('messages' in example) return { messages: example.messages };
  if ('text' in example)
    return 'score' in example ? { text: example.text, score: example.score } : { text: example.text };
  if ('prompt' in example) {
    return {
      messages: [
        { role: 'user', content: example.prompt },
        { role: 'assistant', content: example.answer },
      ],
    };
  }
  const { question, passage } = example;
  const language = example.language ?? detectLanguage(question);
  const service = services[language === 'zh' ? 'zh' : 'en'];
  const facts = sentences(passage).map(({ text }) => text);
  const answer = example.answer?.trim() ? example.answer : service.declined;
  return {
    messages: [
      ...answerChat(service, { question, sentences: facts }),
      { role: 'assistant', content: answer },
    ],
  };
}

/** What an example asks, whole; texts that something may be asked inside of are `around`. */
export function questionsOf(example: Example): { readonly whole: string[]; readonly around: string[] } {
  if ('question' in example) return { whole: [example.question], around: [] };
  if ('prompt' in example) return { whole: [example.prompt], around: [example.prompt] };
  if ('text' in example) return { whole: [], around: [example.text] };
  const asked = example.messages.filter(({ role }) => role === 'user').map(({ content }) => content);
  return { whole: asked, around: asked };
}
