import { describe, expect, test } from 'vitest';
import { digestBytes } from '../../core/digest.ts';
import { unknownPassages } from './check-passages.ts';
import { DocumentText } from './document-text.ts';
import { formatProblem } from './read.ts';

const gate = 'The gate opens at nine each morning, and closes at 17:30. Boats wait at the upper lock.';
const holds = (text: string, excerpt: string): boolean => new DocumentText([{ text }]).holds(excerpt);

describe('an excerpt', () => {
  test.each([
    'The gate opens at nine each morning',
    'the GATE **opens** at nine\neach morning and closes at 17：30',
  ])('stands in a document whatever its marks, case and line breaks: %s', (excerpt) => {
    expect(holds(gate, excerpt)).toBe(true);
  });

  test.each([
    ['opens at ten'],
    ['The gate opens at ten each morning'],
    ['and closes at 17:45. Boats wait'],
    ['The gate never opens at nine each morning'],
    ['The gate opens each morning'],
    ['Boats wait at the upper loc'],
    ['oats wait'],
    ['closes at 17:3'],
  ])('with a changed word or number does not: %s', (excerpt) => {
    expect(holds(gate, excerpt)).toBe(false);
  });

  test('in Chinese with a changed number does not', () => {
    const text = '闸门每天早上七点开启，傍晚六点关闭。';
    expect(holds(text, '闸门每天早上七点开启')).toBe(true);
    expect(holds(text, '闸门每天早上八点开启')).toBe(false);
  });

  test('may have what was masked, and nothing else that differs', () => {
    const text = 'Write to [EMAIL] or call [PHONE] when the gate does not open at nine.';
    expect(holds(text, 'Write to help@example.com or call 13812345678 when the gate does not open')).toBe(
      true,
    );
    expect(holds(text, 'or call 13812345678 when the gate')).toBe(true);
    expect(holds(text, 'help@example.com or call 13812345678 when the gate')).toBe(true);
    expect(holds(text, 'when the gate does not open: write to help@example.com')).toBe(false);
    expect(
      holds(text, 'Write to help@example.com or call 13812345678 when the gate does not open at ten'),
    ).toBe(false);
  });

  test.each([
    ['10.0.0.1', 'IP'],
    ['2001:db8::8a2e:370:7334', 'IP'],
    ['4111 1111 1111 1111', 'CARD'],
    ['DE89 3704 0044 0532 0130 00', 'ID'],
    ['11010519491231002X', 'ID'],
    ['+44 20 7946 0958', 'PHONE'],
    ['o.neil+box@mail.example.co.uk', 'EMAIL'],
  ])('may have %s where the document has a mask', (masked, mask) => {
    const text = `The keeper has [${mask}] since the lock was built.`;
    expect(holds(text, `The keeper has ${masked} since the lock was built`)).toBe(true);
    expect(holds(text, `The keeper has ${masked} until the lock was built`)).toBe(false);
  });

  test('may leave out link targets, tags and list numbers, or have them', () => {
    const text = '1. See [Models](models.md) for the *model*.\n2. Then <b>start</b> it.';
    expect(holds(text, 'See Models for the model. Then start it.')).toBe(true);
    expect(holds(text, text)).toBe(true);
  });

  test('may reach over passages, headings between them, a repeated sentence and a repeated header', () => {
    const parts = [
      { heading: 'Locks', text: 'One two three. Four five six.' },
      { heading: 'Locks', text: 'Four five six. Seven eight.' },
      { heading: 'Locks > Gates', text: '| a | b |\n| - | - |\n| 1 | 2 |' },
      { heading: 'Locks > Gates', text: '| a | b |\n| - | - |\n| 3 | 4 |' },
    ];
    const document = new DocumentText(parts);
    expect(document.holds('One two three. Four five six. Seven eight.')).toBe(true);
    expect(document.holds('Seven eight.\n\n## Gates\n\n| a | b |\n| - | - |\n| 1 | 2 |\n| 3 | 4 |')).toBe(
      true,
    );
    expect(document.holds('Seven eight. a b 1 2 3 4')).toBe(true);
    expect(document.holds('One two three. Seven eight.')).toBe(false);
  });
});

test('a suite whose excerpt has a changed number is told so', () => {
  const question = {
    id: '2',
    language: 'en',
    question: 'When does the gate open?',
    answers: ['ten'],
    file: 's.jsonl',
    line: 2,
    passage: { source: 'a.md', text: 'The gate opens at ten each morning' },
  } as const;
  const suite = { path: 's.jsonl', digest: digestBytes(''), questions: [question] };
  const problems = unknownPassages([suite], [{ source: 'a.md', text: gate }]);
  expect(problems.map(formatProblem)).toEqual([
    's.jsonl:2: question 2: the excerpt is not in a.md any more as it is: words or numbers differ from what stands there now',
  ]);
});
