import { expect, it } from 'vitest';
import { render, say } from './message.ts';
import { readBack } from './read-back.ts';

it('finds the text that words were made of, so that they are said in another language', () => {
  const ids = ['promotion.asked-before', 'promotion.asked', 'promotion.passed'] as const;
  for (const text of [
    say('promotion.passed', { run: 'run-1' }),
    say('promotion.asked', { release: 'r 2' }),
    say('promotion.asked-before'),
  ])
    expect(render(readBack(render(text, 'en'), ids), 'zh')).toBe(render(text, 'zh'));
  for (const words of ['because', 'asked for ', ' passed its gates', 'run-1 passed its gates too'])
    expect(readBack(words, ids)).toBe(words);
});
