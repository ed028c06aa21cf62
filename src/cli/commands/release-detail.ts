import type { GateRecord, ReleaseDetail } from '../../app/towpath.ts';
import { shortDigest } from '../../core/digest.ts';
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

function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}

export function releaseDetailLines(release: ReleaseDetail, style: Style, width: number): string[] {
  const { manifest } = release;
  const fact = (name: string, value: string) => `${style.dim(padEnd(name, 9))} ${value}`;
  const models = Object.entries(manifest.models).map(([role, model]) =>
    fact(
      role,
      `${printable(model.name)} ${style.dim(`${printable(model.licence)} · ${shortDigest(model.weights)} · ${printable(model.origin)}`)}`,
    ),
  );
  return [
    fact('release', `${style.bold(release.name)}${release.live ? ` ${style.green('● live')}` : ''}`),
    fact('digest', release.digest),
    fact('made', `${localTime(release.created)} by ${printable(release.by)}, ${release.run}`),
    fact('dataset', style.yellow(shortDigest(manifest.dataset))),
    fact('index', style.yellow(shortDigest(manifest.index))),
    ...(models.length > 0
      ? models
      : [fact('generator', style.dim('none: answers are quoted from the passages'))]),
    fact('report', style.yellow(shortDigest(manifest.report))),
    fact('code', style.yellow(shortDigest(manifest.code))),
    fact(
      'serving',
      style.dim(
        Object.entries(manifest.serving)
          .map(([key, value]) => `${key} ${String(value)}`)
          .join(' · '),
      ),
    ),
    ...(release.gates.length > 0 ? ['', ...gateLines(release.gates, style, width)] : []),
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
