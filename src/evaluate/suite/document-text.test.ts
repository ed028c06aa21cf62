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
    ['10.0.20.3', 'IP'],
    ['AB12CD34EF56GH78', 'ID'],
  ])('may have %s where the document has a mask', (masked, mask) => {
    const text = `The keeper has [${mask}] since the lock was built.`;
    expect(holds(text, `The keeper has ${masked} since the lock was built`)).toBe(true);
    expect(holds(text, `The keeper has ${masked} until the lock was built`)).toBe(false);
  });

  test('may not have another address where nothing is masked', () => {
    const text = 'Write to ann@example.com when the gate does not open.';
    expect(holds(text, 'Write to ann@example.com when the gate')).toBe(true);
    expect(holds(text, 'Write to bob@example.com when the gate')).toBe(false);
    expect(holds('Call 13812345678 now please', 'Call 13812345679 now please')).toBe(false);
  });

  test.each([
    ['Open the gate<br/>and wait', 'Open the gate and wait'],
    ['Open<span class="x">the</span>gate', 'open the gate'],
    ['Tom&nbsp;and&#160;Ann &amp; Co', 'Tom and Ann Co'],
    ['Then:\n12. open\n> 3) wait\n\t1) go', 'Then open wait go'],
    ['Open *the* ~~gate~~ `now`', 'Open the gate now'],
  ])('stands in %j without its marks: %s', (text, excerpt) => {
    expect(holds(text, excerpt)).toBe(true);
    expect(holds(text, text)).toBe(true);
    expect(holds(text, `${excerpt} more`)).toBe(false);
  });

  test('keeps numbers that are no list’s, and words that are no tag’s', () => {
    expect(holds('It opens at 9. Then it closes', 'It opens at Then it closes')).toBe(false);
    expect(holds('if a < b and b > c', 'if a c')).toBe(false);
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

  test('may reach from one passage into the next, with the headings between them or without', () => {
    const document = new DocumentText([
      { heading: 'Locks > Gates', text: 'One two' },
      { heading: 'Locks > Gates', text: 'three four' },
      { heading: 'Boats > Gates', text: 'five six' },
      { text: 'seven eight' },
    ]);
    expect(document.holds('One two three four five six seven eight')).toBe(true);
    expect(document.holds('Locks Gates One two three four Boats Gates five six seven eight')).toBe(true);
    expect(document.holds('One two Gates three four')).toBe(false);
    expect(document.holds('Locks Gates five six')).toBe(false);
  });

  test('may have a line that a later passage says again', () => {
    const document = new DocumentText([{ text: 'Note\nOne two' }, { text: 'Note\nthree four' }]);
    expect(document.holds('One two Note three four')).toBe(true);
  });

  test('may reach over a table that was cut, whose header is said again', () => {
    const parts = ['a | b\n- | -\n1 | 2', 'a | b\n- | -\n3 | 4\n5 | 6', 'a | b\n- | -'];
    const document = new DocumentText(parts.map((text) => ({ text })));
    expect(document.holds('a b 1 2 3 4 5 6')).toBe(true);
    expect(document.holds('1 2 a b 3 4')).toBe(false);
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
