import { textOf } from '../../core/errors/towpath-error.ts';
import { languages } from '../../core/language.ts';
import { say, type Message } from '../../core/messages/message.ts';
import type { SuiteQuestion } from '../../contract/suite.ts';
import { nearest } from '../../project/nearest.ts';

const limits = { id: 100, question: 2000, answer: 1000, source: 500, passage: 8000 } as const;
const fields = ['id', 'language', 'question', 'answers', 'passage'];
const passageFields = ['source', 'text'];

/** One line of a suite as a question, or every problem that it has. */
export type ParsedLine =
  | { readonly question: SuiteQuestion; readonly problems?: undefined }
  | { readonly question?: undefined; readonly problems: readonly Message[] };

/** Reads a line of a suite; says all that is wrong with it, not only the first thing. */
export function parseSuiteLine(text: string): ParsedLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problems: [say('line.not-json', { why: textOf(error) })] };
  }
  if (!isRecord(value))
    return { problems: [say('suite.not-object', { fields: '{"id", "language", "question", …}' })] };
  const problems = unknownFields(value, fields, '');
  checkId(value.id, problems);
  checkQuestion(value.question, value.language, problems);
  checkAnswers(value.answers, problems);
  checkPassage(value.passage, value.answers, problems);
  if (problems.length > 0) return { problems };
  return { question: value as unknown as SuiteQuestion };
}

function checkId(id: unknown, problems: Message[]): void {
  if (id === undefined) problems.push(say('suite.missing', { field: 'id' }));
  else if (typeof id !== 'string' || !/^[^\s\p{C}]+$/u.test(id))
    problems.push(say('suite.id-spaces', { value: show(id) }));
  else if (id.length > limits.id) problems.push(overlong('id', id.length, limits.id));
}

function checkQuestion(question: unknown, language: unknown, problems: Message[]): void {
  const known = languages.find((each) => each === language);
  if (language === undefined) problems.push(say('suite.missing', { field: 'language' }));
  else if (known === undefined) problems.push(say('suite.language', { languages, value: show(language) }));
  if (question === undefined) problems.push(say('suite.missing', { field: 'question' }));
  else if (typeof question !== 'string')
    problems.push(say('suite.not-text', { field: 'question', value: show(question) }));
  else if (question.trim() === '') problems.push(say('suite.blank', { field: 'question' }));
  else if (question.length > limits.question)
    problems.push(overlong('question', question.length, limits.question));
  else if (known !== undefined) checkScript(question, known, problems);
}

/** Questions mix scripts (`towpath up 是什么？`), so only one without any sign of its language is wrong. */
function checkScript(question: string, language: 'en' | 'zh', problems: Message[]): void {
  const han = question.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = question.match(/\p{Script=Latin}+/gu)?.length ?? 0;
  if (language === 'zh' && han === 0) {
    problems.push(say('suite.no-chinese', { question: show(question) }));
  }
  if (language === 'en' && (latin === 0 || han > latin * 3)) {
    problems.push(say('suite.no-english', { question: show(question) }));
  }
}

function checkAnswers(answers: unknown, problems: Message[]): void {
  if (answers === undefined) problems.push(say('suite.answers-missing'));
  else if (!Array.isArray(answers)) problems.push(say('suite.answers-list', { value: show(answers) }));
  else
    answers.forEach((answer: unknown, at) => {
      const name = `answers[${String(at)}]`;
      if (typeof answer !== 'string')
        problems.push(say('suite.not-text', { field: name, value: show(answer) }));
      else if (answer.trim() === '') problems.push(say('suite.blank', { field: name }));
      else if (answer.length > limits.answer) problems.push(overlong(name, answer.length, limits.answer));
    });
}

function checkPassage(passage: unknown, answers: unknown, problems: Message[]): void {
  const declined = Array.isArray(answers) && answers.length === 0;
  if (declined && passage !== undefined) {
    problems.push(say('suite.declined-passage'));
  }
  if (passage === undefined) {
    if (Array.isArray(answers) && !declined) problems.push(say('suite.passage-missing'));
    return;
  }
  if (!isRecord(passage)) {
    problems.push(say('suite.passage-shape', { fields: '{"source", "text"}', value: show(passage) }));
    return;
  }
  problems.push(...unknownFields(passage, passageFields, 'passage.'));
  for (const [field, limit] of [
    ['source', limits.source],
    ['text', limits.passage],
  ] as const) {
    const value = passage[field];
    if (value === undefined) problems.push(say('suite.missing', { field: `passage.${field}` }));
    else if (typeof value !== 'string')
      problems.push(say('suite.not-text', { field: `passage.${field}`, value: show(value) }));
    else if (value.trim() === '') problems.push(say('suite.blank', { field: `passage.${field}` }));
    else if (value.length > limit) problems.push(overlong(`passage.${field}`, value.length, limit));
  }
}

function unknownFields(value: object, known: readonly string[], prefix: string): Message[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const near = nearest(key, known);
      const field = show(`${prefix}${key}`);
      return near === undefined
        ? say('suite.unknown-field', { field, known })
        : say('suite.unknown-field-near', { field, near: `${prefix}${near}` });
    });
}

function overlong(field: string, length: number, limit: number): Message {
  return say('suite.overlong', { field, length, most: limit });
}

function show(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? describe(value) : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** A list or object of plain values as it stands; one that nests is only named: it may nest without bound. */
function describe(value: object): string {
  const nests = Object.values(value).some((each) => typeof each === 'object' && each !== null);
  if (!nests) return JSON.stringify(value);
  return Array.isArray(value) ? 'a nested list' : 'a nested object';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
