import { canonicalJson, type Json } from '../core/canonical-json.ts';
import type { ReleaseManifest } from '../contract/release-manifest.ts';

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
    /** Its interval, where it has one. */
    readonly low?: number | null;
    readonly high?: number | null;
    /** The interval of its difference from the live release of then, question by question. */
    readonly live?: { readonly low: number; readonly high: number } | undefined;
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
  /** Too small to tell from chance: no reason to call it better or worse. */
  readonly noise?: true;
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
  reports?: {
    readonly from: ReportFigures;
    readonly to: ReportFigures;
    /** `to` was compared with `from`, as the live release of then. @default false */
    readonly compared?: boolean;
  },
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
    ...(reports && { metrics: metricChanges(reports.from, reports.to, reports.compared === true) }),
  };
}

function modelNames(manifest: ReleaseManifest): Record<string, string> {
  const names: Record<string, string> = {};
  for (const [role, model] of Object.entries(manifest.models))
    names[role] = `${model.name} (${model.weights.slice(0, 12)})`;
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

function metricChanges(from: ReportFigures, to: ReportFigures, compared: boolean): MetricChange[] {
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
    const noise = old !== undefined && now !== undefined && isNoise(old, now, compared);
    return [
      {
        ...change,
        better: known.better === 'higher' ? b > a : b < a,
        ...(noise && { noise: true as const }),
      },
    ];
  });
}

type Figure = ReportFigures['metrics'][number];

/** The paired interval says most; without it, a figure within the interval of the other may be the same. */
function isNoise(old: Figure, now: Figure, compared: boolean): boolean {
  const [a, b] = [old.figure ?? 0, now.figure ?? 0];
  // Nobody feels it, and another run of the same release differs by more.
  if (now.unit === 'ms' && Math.abs(b - a) < Math.max(1, 0.005 * Math.abs(a))) return true;
  if (compared && now.live) return now.live.low <= 0 && now.live.high >= 0;
  return isWithin(b, old) || isWithin(a, now);
}

function isWithin(figure: number, { low, high }: Figure): boolean {
  return typeof low === 'number' && typeof high === 'number' && figure >= low && figure <= high;
}
