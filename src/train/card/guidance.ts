import type { ModelCard } from './card.ts';

const names: Readonly<Record<string, string>> = { en: 'English', zh: 'Chinese' };

/** What the model is for. */
export function usage({ job, kind }: ModelCard): string {
  if (job.source === 'scratch' && job.model.head === 'score')
    return 'Scores texts of the kind that it was trained on: one number for a text.';
  if (job.source === 'scratch')
    return 'Continues texts of the kind that it was trained on. It is a small model, made to learn from and to compare with others; it has not been taught to follow instructions.';
  const served = kind === 'adapter' ? ' It is loaded over its base model, which stays as it is.' : '';
  return `Writes the answers of the project’s question-answering service from passages that retrieval has found, in the form it was trained on. The service checks each sentence against the passages before anybody sees it.${served}`;
}

/** What it must not be relied on for. */
export function limits({ job, data, evaluation }: ModelCard): string {
  const points = [
    'It says what its data made likely, not what is true: without passages and checking it invents facts.',
    'It knows nothing beyond its training data and its base model, and nothing that happened after them.',
  ];
  const languages = Object.keys(data.dataset?.languages ?? {}).filter((language) => language !== 'und');
  if (languages.length > 0)
    points.push(
      `It was trained for ${languages.map((each) => names[each] ?? each).join(' and ')}; other languages were not measured.`,
    );
  if (job.source === 'generator')
    points.push(
      'Biases and gaps of its base model remain; fine-tuning on so little data removes none of them.',
    );
  const { train } = data.tokens.splits;
  if (train.rows < 1000)
    points.push(`It was trained on ${String(train.rows)} rows only, and may repeat them word for word.`);
  if (evaluation === null)
    points.push('It has not been evaluated on questions: its validation loss alone says little.');
  points.push('Not for decisions about people, nor for medical, legal or safety matters.');
  return points.map((point) => `- ${point}`).join('\n');
}
