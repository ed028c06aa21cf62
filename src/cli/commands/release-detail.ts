import type { GateRecord, ReleaseChangeRecord, ReleaseDetail } from '../../app/records/release.ts';
import { isDigest, shortDigest } from '../../core/digest.ts';
import type { ModelReference } from '../../contract/release-manifest.ts';
import { formatFigure } from '../../contract/figure.ts';
import { messageTable, type MessageId } from '../../core/messages/table.ts';
import type { Words } from '../../core/messages/message.ts';
import { formatBytes } from '../../core/units.ts';
import type { Context } from '../context.ts';
import type { Style } from '../output/style.ts';
import { table } from '../output/table.ts';
import { padEnd, printable } from '../output/width.ts';
import { localTime } from '../output/words.ts';

/** `answer.f1 en 0.512 · retrieval.recall@5 0.98`. */
export function figuresText(figures: Readonly<Record<string, number>>): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name} ${figure(value, unitOf(name))}`)
    .join(' · ');
}

type Unit = 'share' | 'ms';

function unitOf(metric: string): Unit {
  return metric.startsWith('latency.') ? 'ms' : 'share';
}

function figure(value: number | null, unit: Unit): string {
  if (value === null) return '-';
  if (unit === 'ms') return formatFigure(value, unit);
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}

/** A glossary is a setting too, and long. */
function brief(text: string, words: Words): string {
  return text.length > 40 ? words('show.characters', { count: text.length }) : text;
}

/** Settings that nothing reads where no model writes the answers. */
const ofModel = new Set(['context', 'maxTokens', 'temperature']);

/** A setting as towpath.yaml writes it: `max_tokens`. */
function settingName(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The name of a part in the reader's language. */
function partName(part: string, words: Words): string {
  const id = `part.${part}`;
  return Object.hasOwn(messageTable, id) ? words.text({ id: id as MessageId }) : part;
}

export function releaseDetailLines(release: ReleaseDetail, { style, words, io }: Context): string[] {
  const { manifest } = release;
  const width = io.out.columns;
  const fact = (name: string, value: string) => `${style.dim(padEnd(name, 9))} ${value}`;
  const { generator, adapter, embedder } = manifest.models;
  const model = ({ name, licence, weights, origin }: ModelReference) =>
    fact(
      words('show.model'),
      `${printable(name)} ${style.dim(`${printable(licence)} · ${shortDigest(weights)} · ${printable(origin)}`)}`,
    );
  const models = [
    ...(generator ? [model(generator)] : []),
    ...(adapter
      ? [
          fact(
            words('show.adapter'),
            `${printable(adapter.name)} ${style.dim(`${shortDigest(adapter.weights)} · ${words('show.over-model')}`)}`,
          ),
        ]
      : []),
    ...(embedder ? [model(embedder)] : []),
  ];
  const made = { time: localTime(release.created), who: printable(release.by), run: release.run };
  const { givenUp } = release;
  const live = release.live ? ` ${style.green(`● ${words('show.is-live')}`)}` : '';
  const gone = givenUp ? ` ${style.yellow(words('release.given-up', { by: printable(givenUp.by) }))}` : '';
  return [
    fact(words('show.release'), `${style.bold(release.name)}${live}${gone}`),
    fact(words('show.digest'), release.digest),
    fact(words('show.made'), words('show.made-by', made)),
    ...(models.length > 0 ? models : [fact(words('show.model'), style.dim(words('show.no-model')))]),
    ...release.parts.map(({ part, digest, bytes }) =>
      fact(
        partName(part, words),
        `${style.yellow(shortDigest(digest))} ${style.dim(bytes === undefined ? words('show.gone') : formatBytes(bytes))}`,
      ),
    ),
    fact(words('show.code'), style.yellow(shortDigest(manifest.code))),
    fact(
      words('show.serving'),
      style.dim(
        Object.entries(manifest.serving)
          .filter(([key]) => generator !== undefined || !ofModel.has(key))
          .map(
            ([key, value]) =>
              `${settingName(key)} ${brief(typeof value === 'string' ? value : JSON.stringify(value), words)}`,
          )
          .join(' · '),
      ),
    ),
    ...(release.gates.length > 0 ? ['', ...gateLines(release.gates, style, words, width)] : []),
    ...(release.changes ? ['', ...changeLines(release, release.changes, style, words, width)] : []),
    ...(release.promotions.length > 0
      ? [
          '',
          ...release.promotions.map(({ at, by, whyText }) =>
            words('show.made-live', {
              time: style.dim(localTime(at)),
              who: printable(by),
              why: printable(words.text(whyText)),
            }),
          ),
        ]
      : []),
  ];
}

function gateLines(gates: readonly GateRecord[], style: Style, words: Words, width: number): string[] {
  return table<GateRecord>(
    [
      { header: words('column.gate'), cell: ({ metric }) => metric },
      { header: words('column.language'), cell: ({ language }) => language ?? words('show.all-languages') },
      { header: words('column.rule'), cell: ({ ruleText }) => words.text(ruleText) },
      {
        header: words('column.figure'),
        align: 'right',
        cell: ({ value, metric }) => figure(value, unitOf(metric)),
      },
      {
        header: '',
        cell: ({ passed }) => (passed ? style.green(words('show.passed')) : style.red(words('show.failed'))),
      },
    ],
    gates,
    style,
    width,
  );
}

function changeLines(
  { manifest }: ReleaseDetail,
  { since, list }: NonNullable<ReleaseDetail['changes']>,
  style: Style,
  words: Words,
  width: number,
): string[] {
  if (list.length === 0) return [style.dim(words('show.unchanged-since', { release: since }))];
  const side = (text: string | undefined) =>
    text === undefined ? '-' : printable(isDigest(text) ? shortDigest(text) : text);
  return table<ReleaseChangeRecord>(
    [
      {
        header: words('column.changed-since', { release: since }),
        cell: ({ name }) => (name in manifest.serving ? settingName(name) : partName(name, words)),
      },
      {
        header: words('column.from'),
        flexible: true,
        cell: ({ from, figures }) => (figures ? figure(figures.from, figures.unit) : side(from)),
      },
      {
        header: words('column.to'),
        flexible: true,
        cell: ({ to, figures }) => (figures ? figure(figures.to, figures.unit) : side(to)),
      },
      {
        header: '',
        cell: ({ better, noise }) =>
          better === undefined || noise
            ? ''
            : better
              ? style.green(words('show.better'))
              : style.red(words('show.worse')),
      },
    ],
    list,
    style,
    width,
  );
}
