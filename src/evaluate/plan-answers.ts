import type { PlanInput } from '../flow/plan.ts';
import type { Ports, StepOutput } from '../flow/stage.ts';
import { answerStep } from './answer/step.ts';
import { chooseStep } from './choose/step.ts';
import { retrievalDepth } from './metrics/catalogue.ts';
import { suiteParams, type EvaluateContext } from './plan-suites.ts';

type Inputs = Readonly<Record<string, PlanInput>>;

/** Without training, one step answers. With it, the trained model answers too, and a step chooses between the two. */
export async function planAnswers({ values, need, add }: EvaluateContext): Promise<Ports['answers']> {
  const { bootstrap, k } = values.evaluate;
  const external = await need('suites');
  const suites = suiteParams(external);
  const params = { suites, settings: (await need('answering')).settings, depth: retrievalDepth(k) };
  const model = await need('generator');
  const { index, embedder } = await need('index');
  const trained = await need('trained');
  const models: Inputs = { ...(model && { model }), ...(embedder && { embedder }) };
  const answer = (name: string, more: Inputs = {}): StepOutput =>
    add({ ...{ name, kind: answerStep, params, external }, inputs: { index, ...models, ...more } })(
      'answers',
    );
  if (trained === undefined) return { answers: answer('answer'), models };
  const part = { [trained.kind]: trained.model };
  if (trained.when === 'always') return { answers: answer('answer', part), models: { ...models, ...part } };
  const choose = add({
    ...{ name: 'choose', kind: chooseStep, external },
    params: { ...{ job: trained.job, metric: trained.metric, suites }, bootstrap, k },
    inputs: {
      untrained_answers: answer('answer'),
      trained_answers: answer('answer-trained', part),
      trained: trained.model,
      ...(trained.kind === 'model' && model && { untrained: model }),
    },
  });
  return {
    answers: choose('answers'),
    models: { ...models, [trained.kind]: choose('part') },
    choice: choose('choice'),
  };
}
