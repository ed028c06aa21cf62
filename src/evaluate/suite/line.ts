import { languages } from '../../core/language.ts';
import type { SuiteQuestion } from '../../core/suite.ts';
import { nearest } from '../../project/nearest.ts';

const limits = { id: 100, question: 2000, answer: 1000, source: 500, passage: 8000 } as const;
const fields = ['id', 'language', 'question', 'answers', 'passage'];
const passageFields = ['source', 'text'];

/** One line of a suite as a question, or every problem that it has. */
export type ParsedLine =
  | { readonly question: SuiteQuestion; readonly problems?: undefined }
  | { readonly question?: undefined; readonly problems: readonly string[] };

/** Reads a line of a suite; says all that is wrong with it, not only the first thing. */
export function parseSuiteLine(text: string): ParsedLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problems: [`not JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  if (!isRecord(value)) return { problems: ['must be a JSON object {"id", "language", "question", …}'] };
  const problems = unknownFields(value, fields, '');
  checkId(value.id, problems);
  checkQuestion(value.question, value.language, problems);
  checkAnswers(value.answers, problems);
  checkPassage(value.passage, value.answers, problems);
  if (problems.length > 0) return { problems };
  return { question: value as unknown as SuiteQuestion };
}

function checkId(id: unknown, problems: string[]): void {
  if (id === undefined) problems.push('"id" is missing');
  else if (typeof id !== 'string' || !/^[^\s\p{C}]+$/u.test(id))
    problems.push(`"id" must be text without spaces, not ${show(id)}`);
  else if (id.length > limits.id) problems.push(overlong('id', id.length, limits.id));
}

function checkQuestion(question: unknown, language: unknown, problems: string[]): void {
  const known = languages.find((each) => each === language);
  if (language === undefined) problems.push('"language" is missing');
  else if (known === undefined)
    problems.push(`"language" must be one of ${languages.join(', ')}, not ${show(language)}`);
  if (question === undefined) problems.push('"question" is missing');
  else if (typeof question !== 'string') problems.push(`"question" must be text, not ${show(question)}`);
  else if (question.trim() === '') problems.push('"question" is empty');
  else if (question.length > limits.question)
    problems.push(overlong('question', question.length, limits.question));
  else if (known !== undefined) checkScript(question, known, problems);
}

/** Questions mix scripts (`towpath up 是什么？`), so only one without any sign of its language is wrong. */
function checkScript(question: string, language: 'en' | 'zh', problems: string[]): void {
  const han = question.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = question.match(/\p{Script=Latin}+/gu)?.length ?? 0;
  if (language === 'zh' && han === 0) {
    problems.push(`"language" is zh but the question has no Chinese character: ${show(question)}`);
  }
  if (language === 'en' && (latin === 0 || han > latin * 3)) {
    problems.push(`"language" is en but the question does not read as English: ${show(question)}`);
  }
}

function checkAnswers(answers: unknown, problems: string[]): void {
  if (answers === undefined) problems.push('"answers" is missing (write [] for a question to be declined)');
  else if (!Array.isArray(answers)) problems.push(`"answers" must be a list of texts, not ${show(answers)}`);
  else
    answers.forEach((answer: unknown, at) => {
      const name = `answers[${String(at)}]`;
      if (typeof answer !== 'string') problems.push(`"${name}" must be text, not ${show(answer)}`);
      else if (answer.trim() === '') problems.push(`"${name}" is empty`);
      else if (answer.length > limits.answer) problems.push(overlong(name, answer.length, limits.answer));
    });
}

function checkPassage(passage: unknown, answers: unknown, problems: string[]): void {
  const declined = Array.isArray(answers) && answers.length === 0;
  if (declined && passage !== undefined) {
    problems.push('"answers" is empty, so the question is to be declined, yet it names a passage');
  }
  if (passage === undefined) {
    if (Array.isArray(answers) && !declined)
      problems.push('"passage" is missing: where does the answer stand?');
    return;
  }
  if (!isRecord(passage)) {
    problems.push(`"passage" must be {"source", "text"}, not ${show(passage)}`);
    return;
  }
  problems.push(...unknownFields(passage, passageFields, 'passage.'));
  for (const [field, limit] of [
    ['source', limits.source],
    ['text', limits.passage],
  ] as const) {
    const value = passage[field];
    if (value === undefined) problems.push(`"passage.${field}" is missing`);
    else if (typeof value !== 'string') problems.push(`"passage.${field}" must be text, not ${show(value)}`);
    else if (value.trim() === '') problems.push(`"passage.${field}" is empty`);
    else if (value.length > limit) problems.push(overlong(`passage.${field}`, value.length, limit));
  }
}

function unknownFields(value: object, known: readonly string[], prefix: string): string[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const near = nearest(key, known);
      const guess = near === undefined ? `known are ${known.join(', ')}` : `did you mean "${prefix}${near}"?`;
      return `unknown field ${show(`${prefix}${key}`)}; ${guess}`;
    });
}

function overlong(field: string, length: number, limit: number): string {
  return `"${field}" has ${String(length)} characters; at most ${String(limit)}`;
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
