import { describe, expect, it } from 'vitest';
import { answerChat } from './answer-prompt.ts';

const prompt = { system: 'Be short.', user: 'Facts:\n{facts}\n\nQuestion: {question}' };

describe('the chat that asks for an answer', () => {
  it('lists the sentences, each on one line, and ends with the question', () => {
    expect(
      answerChat(prompt, { question: 'Which port?', sentences: ['It is\n 7411.', 'It is local.'] }),
    ).toEqual([
      { role: 'system', content: 'Be short.' },
      { role: 'user', content: 'Facts:\n- It is 7411.\n- It is local.\n\nQuestion: Which port?' },
    ]);
  });

  it('takes nothing of a document or a question for a place to fill', () => {
    const [, user] = answerChat(prompt, { question: '{facts} $& $1', sentences: ['{question} $&'] });
    expect(user?.content).toBe('Facts:\n- {question} $&\n\nQuestion: {facts} $& $1');
  });

  it('bounds what it shows', () => {
    const [, user] = answerChat(prompt, {
      question: 'q'.repeat(5000),
      sentences: ['a'.repeat(800), 'b'.repeat(800)],
    });
    expect(user?.content.length).toBeLessThan(1800);
    expect(user?.content).not.toContain('b');
  });
});
