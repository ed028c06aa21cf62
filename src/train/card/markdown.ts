import { stringify } from 'yaml';
import { escapeMarkdown } from '../../text/escape.ts';
import { formatDuration } from '../../core/units.ts';
import { formatCount, formatEnergy, formatFigure } from '../curves/figure.ts';
import type { ModelCard } from './card.ts';
import { frontMatter } from './front-matter.ts';
import { limits, usage } from './guidance.ts';
import type { EvaluationFacts } from './card.ts';

/** The card for people, in the manner of the Hugging Face Hub. */
export function renderCard(card: ModelCard): string {
  const parts = [
    `${frontMatter(card)}\n# ${escapeMarkdown(card.name)}`,
    summary(card),
    section('Intended use', usage(card)),
    section('Limits', limits(card)),
    section('Data', data(card)),
    section('Training', training(card)),
    card.search === null ? '' : section('Search', search(card.search)),
    section('Evaluation', evaluation(card.evaluation)),
    section('Time and energy', cost(card)),
    section('How to reproduce', reproduce(card)),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function section(title: string, body: string): string {
  return `## ${title}\n\n${body}`;
}

function table(
  rows: readonly (readonly [string, string])[],
  head: readonly [string, string] = ['', ''],
): string {
  return [head, ['---', '---'] as const, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const code = (text: string): string => `\`${text.replaceAll(/[`|\s]+/g, ' ')}\``;

function summary({ kind, base, job, training: { parameters } }: ModelCard): string {
  const { all, trainable } = parameters;
  if (job.source === 'scratch') {
    const { architecture, layers, width } = job.model;
    return `A language model from scratch (${architecture}, ${String(layers)} layers of width ${String(width)}, ${formatCount(all)} parameters), trained by Towpath.`;
  }
  const from = base === null ? 'a base model' : escapeMarkdown(base.name);
  const what =
    kind === 'adapter'
      ? `A LoRA adapter (rank ${String(job.lora.rank)}, ${formatCount(trainable)} parameters) over ${from}`
      : `All ${formatCount(all)} weights fine-tuned, starting from ${from}`;
  const line = `${what}, trained by Towpath. The licence of the base model holds for this one too.`;
  if (base === null) return line;
  const facts = table([
    ['Base model', `**${escapeMarkdown(base.name)}**`],
    ['Licence of the base', escapeMarkdown(base.licence)],
    ['Fetched from', code(base.origin)],
    ['SHA-256 of its file', code(base.sha256)],
  ]);
  return `${line}\n\n${facts}`;
}

function data({ data: { tokens, dataset }, job }: ModelCard): string {
  const splits = Object.entries(tokens.splits).map(
    ([name, { rows, sequences, tokens: count, targets, cut, refused }]) =>
      `| ${escapeMarkdown(name)} | ${[rows, sequences, count, targets, cut, refused].map(formatFigure).join(' | ')} |`,
  );
  const counts = [
    '| split | rows | sequences | tokens | tokens that count | rows cut | rows left out |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...splits,
  ].join('\n');
  const digests: [string, string][] = [
    ['Tokens, SHA-256 of `tokens.json`, which names every shard’s', code(tokens.manifest_sha256)],
  ];
  if (tokens.artifact !== null) digests.push(['Tokens, artifact', code(tokens.artifact)]);
  if (dataset?.artifact) digests.push(['Dataset, artifact', code(dataset.artifact)]);
  const documents = dataset === null ? '' : `\n\n${documentsOf(dataset)}`;
  const counted =
    tokens.shape === 'text' || job.data.loss_on === 'all' ? 'Every token counts.' : 'Only answers count.';
  return `Sequences of ${formatFigure(tokens.context)} tokens of a vocabulary of ${formatFigure(tokens.vocabulary)}. ${counted}\n\n${counts}${documents}\n\n${table(digests, ['what', 'digest'])}`;
}

function documentsOf(dataset: NonNullable<ModelCard['data']['dataset']>): string {
  const languages = Object.entries(dataset.languages).map(
    ([language, { documents }]) => `${formatFigure(documents)} in ${escapeMarkdown(language)}`,
  );
  const splits = Object.entries(dataset.splits).map(
    ([name, documents]) => `${escapeMarkdown(name)} ${formatFigure(documents)}`,
  );
  return `The project’s dataset: ${formatFigure(dataset.documents)} documents (${languages.join(', ')}), split by document: ${splits.join(', ')}.`;
}

function training({ training: { steps, stopped, best, skipped }, losses, job }: ModelCard): string {
  const end =
    stopped === 'early'
      ? `, stopped early after ${String(job.validate.patience)} validations without a better one`
      : '';
  const kept =
    best === null
      ? 'Nothing was held back to validate with, so the last weights are the result.'
      : `The weights of step ${formatFigure(best.step)}, where the validation loss was lowest, are the result.`;
  const left =
    skipped.length === 0 ? '' : ` ${String(skipped.length)} batches whose loss jumped were left out.`;
  const show = (value: number | null): string => formatFigure(value);
  const rows: [string, string][] = [
    ['training loss, first step', show(losses.first_training)],
    ['training loss, mean of the last 5% of steps', show(losses.final_training)],
    ['validation loss, first', show(losses.first_validation)],
    ['validation loss, best', `**${show(losses.best_validation)}**`],
    ['validation loss, last', show(losses.last_validation)],
  ];
  return `${formatFigure(steps)} steps${end}. ${kept}${left}\n\n${table(rows, ['loss', 'value'])}\n\nAll settings stand under “How to reproduce”.`;
}

function search({ trials, pruned, failed, best, ranges }: NonNullable<ModelCard['search']>): string {
  const names = Object.keys(ranges).map(code).join(', ');
  return `Trial ${String(best)} of ${String(trials)} over ${names}; ${String(pruned)} ended early, ${String(failed)} failed. Its validation loss was chosen for, so it flatters the model a little.`;
}

function evaluation(of: EvaluationFacts | null): string {
  if (of === null) return 'Not evaluated beyond its validation loss when this card was made.';
  const suites = of.suites.map(
    ({ path, digest, questions }) =>
      `${code(path)} (${code(digest.slice(0, 12))}, ${formatFigure(questions)} questions)`,
  );
  const rows = of.metrics.map(({ name, language, unit, figure, low, high, questions }) => {
    const show = (value: number | null): string =>
      value === null ? '–' : unit === 'ms' ? `${formatFigure(value)} ms` : value.toFixed(3);
    const interval = low === null ? '–' : `${show(low)} … ${show(high)}`;
    return `| ${code(name)} | ${escapeMarkdown(language ?? 'all')} | ${formatFigure(questions)} | ${show(figure)} | ${interval} |`;
  });
  return [
    `The service that answers with it, by ${suites.join(', ')}: gates ${of.verdict}.`,
    [
      '| metric | language | questions | figure | 95% interval |',
      '| --- | --- | ---: | ---: | :---: |',
      ...rows,
    ].join('\n'),
  ].join('\n\n');
}

function cost({ training: of }: ModelCard): string {
  const energy =
    of.energy_joules === null
      ? 'not known: the machine has no counter that can be read'
      : `${formatEnergy(of.energy_joules)}, of the whole package or card, other programs included`;
  return table(
    [
      ['Time', formatDuration(of.seconds * 1000)],
      ['Waited for data', formatDuration(of.waited_seconds * 1000)],
      ['Energy', energy],
      ['Device', escapeMarkdown(`${of.device}, ${of.precision}, ${String(of.threads)} threads`)],
      ['Tokens seen', formatCount(of.tokens)],
    ],
    ['what', 'figure'],
  );
}

function reproduce({ job, trainer, training: { versions } }: ModelCard): string {
  const used = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    'Run `towpath run` in the project with the same sources: equal inputs give the same step key, and on the CPU with as many threads the same weights. The job as it ran:',
    `\`\`\`yaml\n${stringify(job)}\`\`\``,
    table(
      [
        ['Seed', String(job.seed)],
        ['Trainer’s code', code(trainer)],
        ['Versions', escapeMarkdown(used.join(', '))],
      ],
      ['what', 'value'],
    ),
  ].join('\n\n');
}
