import { stringify } from 'yaml';
import type { ModelCard } from './card.ts';
import type { EvaluationFacts } from './card.ts';

/** Licences that the Hub knows by these names; any other is `other` with its name beside it. */
const known = [
  'apache-2.0',
  'mit',
  'gemma',
  'cc-by-4.0',
  'cc-by-sa-4.0',
  'bsd-3-clause',
  'cc0-1.0',
  'openrail',
];

/** The YAML that opens a card, by the keys that the Hugging Face Hub reads. */
export function frontMatter(card: ModelCard): string {
  const { name, kind, base, data, job, evaluation } = card;
  const languages = Object.keys(data.dataset?.languages ?? {}).filter((language) => language !== 'und');
  const scores = job.model.head === 'score' && job.source === 'scratch';
  const values = {
    ...(languages.length > 0 && { language: languages }),
    ...(base !== null && licenceOf(base.licence)),
    ...(base !== null && hubModel(base.origin)),
    library_name: kind === 'adapter' ? 'peft' : 'transformers',
    pipeline_tag: scores ? 'text-classification' : 'text-generation',
    tags: [
      'towpath',
      ...(kind === 'adapter' ? ['lora'] : []),
      ...(job.source === 'scratch' ? [job.model.architecture] : []),
    ],
    ...(evaluation !== null && { 'model-index': [{ name, results: results(evaluation) }] }),
  };
  return `---\n${stringify(values)}---\n`;
}

function licenceOf(licence: string): Readonly<Record<string, string>> {
  const lower = licence.toLowerCase();
  return known.includes(lower)
    ? { license: lower }
    : { license: 'other', license_name: licence.replaceAll(/\s+/g, ' ') };
}

/** The Hub takes only a repository of its own for a base model. */
function hubModel(origin: string): Readonly<Record<string, string>> {
  const repository = /^hf:([\w.-]+\/[\w.-]+)/.exec(origin)?.[1];
  return repository === undefined ? {} : { base_model: repository };
}

function results({ suites, metrics }: EvaluationFacts): object[] {
  const paths = suites.map(({ path }) => path).join(', ');
  const shares = metrics.filter(({ unit, figure }) => unit === 'share' && figure !== null);
  return [
    {
      task: { type: 'question-answering' },
      dataset: { name: paths, type: 'evaluation-suite' },
      metrics: shares.map(({ name, language, figure }) => ({
        type: name,
        name: language === undefined ? name : `${name} (${language})`,
        value: Number((figure ?? 0).toFixed(4)),
      })),
    },
  ];
}
