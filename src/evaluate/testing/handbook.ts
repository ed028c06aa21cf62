import { digestBytes } from '../../core/digest.ts';
import { seededRandom } from '../../core/random.ts';
import type { SuiteAnswer } from '../../contract/suite.ts';
import { questionDigest, type Answers } from '../../contract/answers-artifact.ts';
import type { Suite, SuiteEntry } from '../suite/read.ts';

/** A suite about a made-up handbook, with answers of a service that is right most of the time. */
export interface Handbook {
  readonly suites: readonly Suite[];
  readonly answers: Answers;
}

/**
 * Builds a handbook suite of `perLanguage` questions in English and Chinese; every fifth is to be declined. `skill` is the
 * chance that the service does a question right; the same seed gives the same answers.
 */
export function handbook(options: { perLanguage: number; skill: number; seed: number }): Handbook {
  const random = seededRandom(options.seed);
  const entries = (['en', 'zh'] as const).flatMap((language) =>
    Array.from({ length: options.perLanguage }, (_, at) => entryOf(language, at)),
  );
  const answers = entries.map((entry) => answerOf(entry, random, options.skill));
  const suites = (['en', 'zh'] as const).map((language) => ({
    path: `suite/${language}.jsonl`,
    digest: digestBytes(`suite ${language} ${String(options.perLanguage)}`),
    questions: entries.filter((entry) => entry.language === language),
  }));
  const questions = Object.fromEntries(entries.map((entry) => [entry.id, questionDigest(entry)]));
  return { suites, answers: { meta: { suites: [], questions }, answers } };
}

function entryOf(language: 'en' | 'zh', at: number): SuiteEntry {
  const port = String(7400 + at);
  const place = {
    id: `${language}-${String(at + 1)}`,
    language,
    file: `suite/${language}.jsonl`,
    line: at + 1,
  };
  const declined = at % 5 === 4;
  if (language === 'en') {
    const question = declined
      ? `Who wrote chapter ${String(at)}?`
      : `Which port does service ${String(at)} use?`;
    return {
      ...place,
      question,
      answers: declined ? [] : [port],
      ...passage(declined, at, textOf('en', at)),
    };
  }
  const question = declined ? `第 ${String(at)} 章的作者是谁？` : `服务 ${String(at)} 使用哪个端口？`;
  return { ...place, question, answers: declined ? [] : [port], ...passage(declined, at, textOf('zh', at)) };
}

function textOf(language: 'en' | 'zh', at: number): string {
  const port = String(7400 + at);
  return language === 'en'
    ? `Service ${String(at)} listens on port ${port} of the local machine.`
    : `服务 ${String(at)} 在本机的 ${port} 端口监听请求。`;
}

function passage(declined: boolean, at: number, text: string): Pick<SuiteEntry, 'passage'> {
  return declined ? {} : { passage: { source: `docs/page-${String(at % 7)}.md`, text } };
}

function answerOf(entry: SuiteEntry, random: () => number, skill: number): SuiteAnswer {
  const right = random() < skill;
  const latency = Math.round(80 + 900 * random() ** 3);
  const text = entry.passage?.text ?? '';
  const source = entry.passage?.source ?? 'docs/other.md';
  const other = { id: 'other', source: 'docs/other.md', text: 'Nothing of interest is written here.' };
  const own = { id: 'own', source, text };
  const declined = (entry.answers.length === 0) === right && (right || random() < 0.5);
  const answer = declined
    ? 'The documents do not say.'
    : right
      ? `${text} [1]`
      : 'It is port 9999 of Neptune. [1]';
  return {
    id: entry.id,
    answer,
    declined,
    citations: declined ? [] : [{ source, heading: 'Ports', text: text || other.text }],
    retrieved: text === '' ? [other] : right ? [own, other] : [other, own],
    latency,
  };
}
