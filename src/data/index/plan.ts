import type { Ports, StageContext, StagePlan } from '../../flow/stage.ts';
import type { IndexSettings } from './section.ts';
import { indexStep } from './step.ts';

type Context = StageContext<{ readonly index: IndexSettings }>;

export function planIndex(context: Context): StagePlan {
  return { gives: { index: () => planPassages(context) } };
}

async function planPassages({ values: { index }, need, add }: Context): Promise<Ports['index']> {
  const dataset = await need('dataset');
  const embedder = index.dense === 'on' ? await need('embedder') : undefined;
  const { model, languages: embedded } = embedder ?? {};
  const made = add({
    ...{ name: 'index', kind: indexStep },
    params: { passage: index.passage, ...(embedded && { embedded }) },
    inputs: { dataset, ...(model && { embedder: model }) },
  });
  return { index: made('index'), ...(model && { embedder: model }) };
}
