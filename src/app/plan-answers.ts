import { chooseStep } from '../evaluate/choose/step.ts';
import type { ExternalFile, PlanInput, PlanNode } from '../flow/plan.ts';
import { answerStep } from '../evaluate/answer/step.ts';
import type { LoadedProject } from './sections.ts';
import type { TrainedPart } from './training/plan-export.ts';

type StepOutput = Extract<PlanInput, { readonly step: string }>;
type Inputs = Readonly<Record<string, PlanInput>>;

interface AnswersRequest {
  readonly params: { readonly suites: readonly unknown[]; readonly settings: object; readonly depth: number };
  /** `index`, and `model` and `embedder` where the project has them. */
  readonly inputs: Inputs;
  readonly external: readonly ExternalFile[];
  /** A trained model that may be released. */
  readonly part: TrainedPart | undefined;
  readonly project: LoadedProject;
}

/** The steps that answer the suites, and what of the models goes on into the release. */
interface AnswersPlan {
  readonly nodes: readonly PlanNode[];
  readonly answers: StepOutput;
  readonly models: Inputs;
  /** Why this model answers, where two stood to choose. */
  readonly choice?: StepOutput;
}

/** Without training, one step answers. With it, the trained model answers too, and a step chooses between the two. */
export function planAnswers({ params, inputs, external, part, project }: AnswersRequest): AnswersPlan {
  const { train, evaluate } = project.values;
  const { model, embedder } = inputs;
  const models: Inputs = { ...(model && { model }), ...(embedder && { embedder }) };
  const answer = (name: string, given: Inputs): PlanNode => ({
    ...{ name, kind: answerStep, params, inputs: given, external },
  });
  const alone = { answers: { step: 'answer', output: 'answers' }, models };
  if (part === undefined || train.release === undefined)
    return { ...alone, nodes: [answer('answer', inputs)] };
  const trained = { [part.kind]: part.input };
  if (train.release.when === 'always') {
    return {
      ...alone,
      nodes: [answer('answer', { ...inputs, ...trained })],
      models: { ...models, ...trained },
    };
  }
  const choose: PlanNode = {
    ...{ name: 'choose', kind: chooseStep, external },
    params: {
      ...{ job: part.job, metric: train.release.metric, suites: params.suites },
      ...{ bootstrap: evaluate.bootstrap, k: evaluate.k },
    },
    inputs: {
      untrained_answers: { step: 'answer', output: 'answers' },
      trained_answers: { step: 'answer-trained', output: 'answers' },
      trained: part.input,
      ...(part.kind === 'model' && model && { untrained: model }),
    },
  };
  return {
    nodes: [answer('answer', inputs), answer('answer-trained', { ...inputs, ...trained }), choose],
    answers: { step: 'choose', output: 'answers' },
    models: { ...models, [part.kind]: { step: 'choose', output: 'part' } },
    choice: { step: 'choose', output: 'choice' },
  };
}
