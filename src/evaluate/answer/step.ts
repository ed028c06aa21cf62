import { z } from 'zod';
import { digestSchema } from '../../core/digest-schema.ts';
import { asTowpathError } from '../../core/errors/towpath-error.ts';
import type { SuiteAnswer, SuiteQuestion } from '../../contract/suite.ts';
import { writeAnswers } from '../../contract/answers-artifact.ts';
import { normaliseSource } from '../suite/passage-match.ts';
import { readSuites, type Suite } from '../suite/read.ts';
import { assertPassagesKnown } from '../suite/check-passages.ts';
import { defineStep, requiredInput, type StepContext, type StepFacts } from '../../flow/step.ts';
import type { QaService } from '../../qa/service.ts';
import { readPassages, type PassageText } from '../../qa/retrieval/read-passages.ts';
import type { ScoredPassage } from '../../qa/retrieval/retriever.ts';
import { openAnswering } from '../../qa/open-answering.ts';
import { openLocalEmbedder, openLocalGenerator } from '../../llama/local-models.ts';

const params = z.strictObject({
  suites: z.array(z.strictObject({ path: z.string(), digest: digestSchema })),
  /** Passages to record for each question: `retrievalDepth(k)`. */
  depth: z.int().min(1),
  settings: z.strictObject({
    passages: z.int(),
    declineBelow: z.number(),
    maxTokens: z.int(),
    temperature: z.number(),
    context: z.int(),
    prompts: z.record(z.string(), z.string()),
    glossary: z.string().optional(),
  }),
});

type Params = z.infer<typeof params>;

/**
 * `evaluate.answer`: puts every question of the suites to the candidate's answer path, one after the other, so that
 * latencies are those of an idle machine.
 */
export const answerStep = defineStep<Params>({
  name: 'evaluate.answer',
  module: import.meta.url,
  exportName: 'answerStep',
  params,
  inputs: ['index'],
  optionalInputs: ['model', 'adapter', 'embedder'],
  outputs: ['answers'],
  cores: 'all',
  memory: 4096,
  run: answerSuites,
});

async function answerSuites(context: StepContext<Params>): Promise<StepFacts> {
  const { inputs, params: given } = context;
  const suites = await readSuites(context.projectDir, given.suites);
  const questions = suites.flatMap((suite) => suite.questions);
  // Without questions neither index nor model need be read.
  const answers = questions.length === 0 ? [] : await answerAll(context, suites, questions);
  await writeAnswers(context.outputs['answers'] ?? '', {
    ...{ answers, questions, suites: given.suites },
    index: inputs['index']?.digest,
  });
  return factsOf(answers);
}

async function answerAll(
  context: StepContext<Params>,
  suites: readonly Suite[],
  questions: readonly SuiteQuestion[],
): Promise<SuiteAnswer[]> {
  const { inputs, cores: threads, params: given } = context;
  const { glossary, ...settings } = given.settings;
  await checkPassages(suites, requiredInput(inputs, 'index').path);
  const [generator, embedder] = await Promise.all([
    inputs['model'] === undefined
      ? undefined
      : openLocalGenerator({
          folder: inputs['model'].path,
          adapter: inputs['adapter']?.path,
          threads,
          context: settings.context,
        }),
    inputs['embedder'] === undefined ? undefined : openLocalEmbedder({ folder: inputs['embedder'].path }),
  ]);
  const answering = await openAnswering({
    index: requiredInput(inputs, 'index').path,
    settings: { ...settings, ...(glossary !== undefined && { glossary }) },
    release: 'candidate',
    generator,
    embedder,
    // An evaluation must not depend on how busy the machine is: latency is measured, not cut off.
    limits: { retrieval: 120_000, generation: 120_000 },
  });
  try {
    const answers: SuiteAnswer[] = [];
    for (const question of questions) {
      context.signal.throwIfAborted();
      context.progress({ done: answers.length, total: questions.length, unit: 'questions' });
      answers.push(await answerOne(answering.qa, question, context));
    }
    context.progress({ done: answers.length, total: questions.length, unit: 'questions' });
    return answers;
  } finally {
    await answering.close();
  }
}

async function answerOne(
  qa: QaService,
  { id, question, language }: SuiteQuestion,
  { signal, log, params: { depth } }: StepContext<Params>,
): Promise<SuiteAnswer> {
  let retrieved: readonly ScoredPassage[] = [];
  const started = performance.now();
  const latency = (): number => Math.round((performance.now() - started) * 10) / 10;
  const kept = (): SuiteAnswer['retrieved'] =>
    retrieved.map(({ passage }) => ({ id: passage.id, source: passage.source, text: passage.text }));
  try {
    const answer = await qa.answer(
      { question, ...(language !== 'und' && { language }) },
      {
        signal,
        depth,
        onRetrieved: (passages) => (retrieved = passages),
        onTrouble: ({ part, error }) => log(`${id}: ${part}: ${asTowpathError(error).message}`),
      },
    );
    const citations = answer.citations.map(({ source, heading, text }) => ({ source, heading, text }));
    return {
      ...{ id, answer: answer.answer, declined: answer.declined, citations },
      ...{ retrieved: kept(), latency: latency() },
    };
  } catch (thrown) {
    signal.throwIfAborted();
    const error = asTowpathError(thrown);
    log(`${id}: ${error.code}: ${error.message}`);
    return {
      ...{ id, answer: '', declined: false, citations: [], retrieved: kept(), latency: latency() },
      error: `${error.code}: ${error.message}`,
    };
  }
}

async function checkPassages(suites: readonly Suite[], index: string): Promise<void> {
  const named = suites.flatMap(({ questions }) => questions.map(({ passage }) => passage?.source ?? ''));
  const wanted = new Set(named.map(normaliseSource));
  const passages: PassageText[] = [];
  for await (const passage of readPassages(index)) {
    if (wanted.has(normaliseSource(passage.source))) passages.push(passage);
  }
  assertPassagesKnown(suites, passages);
}

function factsOf(answers: readonly SuiteAnswer[]): StepFacts {
  const count = (test: (answer: SuiteAnswer) => boolean): number => answers.filter(test).length;
  return {
    questions: answers.length,
    declined: count(({ declined }) => declined),
    failed: count(({ error }) => error !== undefined),
  };
}
