import { canonicalJson, type Json } from '../core/canonical-json.ts';
import type { ReleaseManifest } from '../core/release-manifest.ts';

/** A value that differs between two releases; an absent side did not have it. */
interface Change<T> {
  readonly name: string;
  readonly from?: T;
  readonly to?: T;
}

/** The figures of an evaluation report that a diff looks at. */
export interface ReportFigures {
  readonly metrics: readonly {
    readonly name: string;
    readonly language?: string | undefined;
    readonly better: 'higher' | 'lower';
    readonly unit: 'share' | 'ms';
    readonly figure: number | null;
  }[];
}

interface MetricChange {
  /** `answer.f1`, with ` en` or ` zh` after it when by language. */
  readonly name: string;
  readonly unit: 'share' | 'ms';
  readonly from: number | null;
  readonly to: number | null;
  /** Undefined when equal or not comparable. */
  readonly better?: boolean;
}

export interface ReleaseDiff {
  /** Equal content: the two are one release. */
  readonly same: boolean;
  /** Digests that differ: dataset, index, code. */
  readonly parts: readonly Change<string>[];
  /** `generator`, `adapter`, `embedder`: name and first characters of the weights' digest. */
  readonly models: readonly Change<string>[];
  readonly serving: readonly Change<Json>[];
  readonly prompts: readonly Change<string>[];
  /** Present when both reports were given. Figures on other suites or machines are not strictly comparable. */
  readonly metrics?: readonly MetricChange[];
}

/** What changed from one release to another. */
export function diffReleases(
  from: ReleaseManifest,
  to: ReleaseManifest,
  reports?: { readonly from: ReportFigures; readonly to: ReportFigures },
): ReleaseDiff {
  const digests = ({ dataset, index, code }: ReleaseManifest): Record<string, string> => ({
    dataset,
    index,
    code,
  });
  return {
    same: canonicalJson(from as unknown as Json) === canonicalJson(to as unknown as Json),
    parts: changes<string>(digests(from), digests(to)),
    models: changes<string>(modelNames(from), modelNames(to)),
    serving: changes<Json>(from.serving, to.serving),
    prompts: changes<string>(from.prompts, to.prompts),
    ...(reports && { metrics: metricChanges(reports.from, reports.to) }),
  };
}

function modelNames(manifest: ReleaseManifest): Record<string, string> {
  const names: Record<string, string> = {};
  for (const [role, model] of Object.entries(manifest.models)) {
    if (model) names[role] = `${model.name} (${model.weights.slice(0, 12)})`;
  }
  return names;
}

function changes<T extends Json>(
  from: Readonly<Record<string, T | undefined>>,
  to: Readonly<Record<string, T | undefined>>,
): Change<T>[] {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  return names.flatMap((name): Change<T>[] => {
    const before: T | undefined = from[name];
    const after: T | undefined = to[name];
    if (canonicalJson([before ?? null]) === canonicalJson([after ?? null])) return [];
    return [
      {
        name,
        ...(before === undefined ? {} : { from: before }),
        ...(after === undefined ? {} : { to: after }),
      },
    ];
  });
}

function metricChanges(from: ReportFigures, to: ReportFigures): MetricChange[] {
  const nameOf = ({ name, language }: { name: string; language?: string | undefined }): string =>
    language === undefined ? name : `${name} ${language}`;
  const before = new Map(from.metrics.map((metric) => [nameOf(metric), metric]));
  const after = new Map(to.metrics.map((metric) => [nameOf(metric), metric]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    const known = now ?? old;
    const [a, b] = [old?.figure ?? null, now?.figure ?? null];
    if (!known || a === b) return [];
    const change = { name, unit: known.unit, from: a, to: b };
    if (a === null || b === null) return [change];
    return [{ ...change, better: known.better === 'higher' ? b > a : b < a }];
  });
}
