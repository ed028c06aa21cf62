import type { GateRecord, ReleaseChangeRecord, ReleaseDetail } from '../../app/towpath.ts';
import { isDigest, shortDigest } from '../../core/digest.ts';
import type { ModelReference } from '../../core/release-manifest.ts';
import { formatBytes } from '../../core/units.ts';
import type { Style } from '../output/style.ts';
import { table } from '../output/table.ts';
import { padEnd, printable } from '../output/width.ts';
import { localTime } from '../output/words.ts';

/** `answer.f1 en 0.512 · retrieval.recall@5 0.98`. */
export function figuresText(figures: Readonly<Record<string, number>>): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name} ${figure(value)}`)
    .join(' · ');
}

function figure(value: number | null): string {
  if (value === null) return '-';
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}

/** A glossary is a setting too, and long. */
function brief(text: string): string {
  return text.length > 40 ? `(${String(text.length)} characters)` : text;
}

export function releaseDetailLines(release: ReleaseDetail, style: Style, width: number): string[] {
  const { manifest } = release;
  const fact = (name: string, value: string) => `${style.dim(padEnd(name, 9))} ${value}`;
  const { generator, adapter, embedder } = manifest.models;
  const model = ({ name, licence, weights, origin }: ModelReference) =>
    fact(
      'model',
      `${printable(name)} ${style.dim(`${printable(licence)} · ${shortDigest(weights)} · ${printable(origin)}`)}`,
    );
  const models = [
    ...(generator ? [model(generator)] : []),
    ...(adapter
      ? [
          fact(
            'adapter',
            `${printable(adapter.name)} ${style.dim(`${shortDigest(adapter.weights)} · over the model above`)}`,
          ),
        ]
      : []),
    ...(embedder ? [model(embedder)] : []),
  ];
  return [
    fact('release', `${style.bold(release.name)}${release.live ? ` ${style.green('● live')}` : ''}`),
    fact('digest', release.digest),
    fact('made', `${localTime(release.created)} by ${printable(release.by)}, ${release.run}`),
    ...(models.length > 0
      ? models
      : [fact('model', style.dim('none: answers are quoted from the passages'))]),
    ...release.parts.map(({ part, digest, bytes }) =>
      fact(
        part,
        `${style.yellow(shortDigest(digest))} ${style.dim(bytes === undefined ? 'no longer in the store' : formatBytes(bytes))}`,
      ),
    ),
    fact('code', style.yellow(shortDigest(manifest.code))),
    fact(
      'serving',
      style.dim(
        Object.entries(manifest.serving)
          .map(([key, value]) => `${key} ${brief(String(value))}`)
          .join(' · '),
      ),
    ),
    ...(release.gates.length > 0 ? ['', ...gateLines(release.gates, style, width)] : []),
    ...(release.changes ? ['', ...changeLines(release.changes, style, width)] : []),
    ...(release.promotions.length > 0
      ? [
          '',
          ...release.promotions.map(
            ({ at, by, why }) =>
              `${style.dim(localTime(at))} made live by ${printable(by)}: ${printable(why)}`,
          ),
        ]
      : []),
  ];
}

function gateLines(gates: readonly GateRecord[], style: Style, width: number): string[] {
  return table<GateRecord>(
    [
      { header: 'GATE', cell: ({ metric }) => metric },
      { header: 'LANGUAGE', cell: ({ language }) => language ?? 'all' },
      { header: 'RULE', cell: ({ rule }) => rule },
      { header: 'FIGURE', align: 'right', cell: ({ value }) => figure(value) },
      { header: '', cell: ({ passed }) => (passed ? style.green('passed') : style.red('failed')) },
    ],
    gates,
    style,
    width,
  );
}

function changeLines(
  { since, list }: NonNullable<ReleaseDetail['changes']>,
  style: Style,
  width: number,
): string[] {
  if (list.length === 0) return [style.dim(`nothing has changed since ${since}`)];
  const side = (text: string | undefined) =>
    text === undefined ? '-' : printable(isDigest(text) ? shortDigest(text) : text);
  return table<ReleaseChangeRecord>(
    [
      { header: `CHANGED SINCE ${since}`, cell: ({ name }) => name },
      { header: 'FROM', flexible: true, cell: ({ from }) => side(from) },
      { header: 'TO', flexible: true, cell: ({ to }) => side(to) },
      {
        header: '',
        cell: ({ better }) =>
          better === undefined ? '' : better ? style.green('better') : style.red('worse'),
      },
    ],
    list,
    style,
    width,
  );
}
