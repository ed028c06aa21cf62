import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { digestSchema } from '../core/digest-schema.ts';
import { digestJson, type Digest } from '../core/digest.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say, type Message } from '../core/messages/message.ts';
import { zodErrorText } from '../core/messages/zod-error.ts';
import { jsonFormat } from './json-format.ts';
import type { SuiteAnswer, SuiteQuestion } from './suite.ts';

const answerSchema = z.object({
  id: z.string(),
  answer: z.string(),
  declined: z.boolean(),
  citations: z.array(z.object({ source: z.string(), heading: z.string(), text: z.string() })),
  retrieved: z.array(z.object({ id: z.string(), source: z.string(), text: z.string() })),
  latency: z.number().min(0),
  error: z.string().optional(),
});

const metaFields = z.object({
  /** Name of the release that answered, where it was one. */
  release: z.string().optional(),
  /** Index artifact that the answers come from. */
  index: digestSchema.optional(),
  suites: z.array(z.object({ path: z.string(), digest: digestSchema })),
  /** Digest of what was asked, by question id: only unchanged questions can be compared between releases. */
  questions: z.record(z.string(), digestSchema),
});

type AnswersMeta = z.output<typeof metaFields>;

/** The `meta.json` of an answers artifact. */
export const answersMetaFormat = jsonFormat({
  ...{ file: 'meta.json', version: 1, fields: metaFields },
  unreadable: ({ where, why, cause }) => invalid(where, why, cause),
});

export interface Answers {
  readonly meta: AnswersMeta;
  readonly answers: readonly SuiteAnswer[];
}

/** Digest of what a question asks: its language and text, not what is accepted. */
export function questionDigest(question: Pick<SuiteQuestion, 'language' | 'question'>): Digest {
  return digestJson({ language: question.language, question: question.question });
}

/** Writes an answers artifact: `answers.jsonl` in the order given, and `meta.json`. */
export async function writeAnswers(
  folder: string,
  content: {
    readonly answers: readonly SuiteAnswer[];
    readonly questions: readonly SuiteQuestion[];
    readonly suites: readonly { readonly path: string; readonly digest: Digest }[];
    readonly release?: string | undefined;
    readonly index?: Digest | undefined;
  },
): Promise<void> {
  const { release, index, suites, questions } = content;
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'answers.jsonl'),
    content.answers.map((answer) => `${JSON.stringify(answer)}\n`).join(''),
  );
  await answersMetaFormat.write(folder, {
    ...{ release, index },
    suites: suites.map(({ path, digest }) => ({ path, digest })),
    questions: Object.fromEntries(questions.map((each) => [each.id, questionDigest(each)])),
  });
}

/** @throws TowpathError TOW_EVALUATE_ANSWERS_INVALID naming the file and line */
export async function readAnswers(folder: string): Promise<Answers> {
  const meta = await answersMetaFormat.read(folder);
  const lines = (await readText(folder, 'answers.jsonl')).split('\n');
  const answers: SuiteAnswer[] = [];
  const seen = new Set<string>();
  for (const [at, line] of lines.entries()) {
    if (line === '') continue;
    const where = `answers.jsonl:${String(at + 1)}`;
    const { error, ...answer } = parse(answerSchema, line, where);
    if (seen.has(answer.id)) throw invalid(where, say('evaluate.second-answer', { id: answer.id }));
    seen.add(answer.id);
    answers.push({ ...answer, ...(error !== undefined && { error }) });
  }
  return { meta, answers };
}

async function readText(folder: string, file: string): Promise<string> {
  try {
    return await readFile(join(folder, file), 'utf8');
  } catch (cause) {
    throw invalid(file, say('contract.no-file'), cause);
  }
}

function parse<T>(schema: z.ZodType<T>, text: string, where: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid(where, say('contract.not-json'), cause);
  }
  const result = schema.safeParse(value);
  if (!result.success) throw invalid(where, zodErrorText(result.error), result.error);
  return result.data;
}

function invalid(where: string, why: Message, cause?: unknown): TowpathError {
  return new TowpathError('TOW_EVALUATE_ANSWERS_INVALID', say('evaluate.answers-unreadable', { why }), {
    where,
    cause,
  });
}
