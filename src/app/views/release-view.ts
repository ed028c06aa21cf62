import { textOf, TowpathError } from '../../core/errors/towpath-error.ts';
import { render, say, type Text } from '../../core/messages/message.ts';
import { recognise } from '../../core/messages/recognise.ts';
import type { ReleaseManifest } from '../../contract/release-manifest.ts';
import { reportFormat, type EvaluationReport, type GateResult } from '../../contract/evaluation-report.ts';
import { diffReleases } from '../../release/diff.ts';
import { explainRelease } from '../../release/explain.ts';
import { readManifest } from '../../contract/release-manifest.ts';
import type { Store } from '../../store/open.ts';
import type { ReleaseRecord as StoredRelease } from '../../store/records/release-records.ts';
import type { GateRecord, ReleaseChangeRecord, ReleaseDetail, ReleaseRecord } from '../records/release.ts';

/** A stored release as front ends see it; figures are left out when its report is no longer in the store. */
export async function releaseView(release: StoredRelease, store: Store): Promise<ReleaseRecord> {
  const live = await store.records.releases.live();
  let damage: Text | undefined;
  const report = await reportOf(release, store).catch((error: unknown) => {
    if (error instanceof TowpathError && error.code === 'TOW_STORE_ARTIFACT_TAMPERED') damage = textOf(error);
    return undefined;
  });
  return {
    name: release.name,
    digest: release.manifest,
    live: live?.name === release.name,
    created: new Date(release.createdAt).toISOString(),
    by: release.createdBy,
    run: release.run ?? '',
    figures: report === undefined ? {} : figuresOf(report),
    ...(release.givenUp && {
      givenUp: { ...release.givenUp, at: new Date(release.givenUp.at).toISOString() },
    }),
    ...(damage !== undefined && { damage: render(damage, 'en'), damageText: damage }),
  };
}

/** @throws TOW_STORE_ARTIFACT_* when its manifest or report is gone or damaged */
export async function releaseDetailView(release: StoredRelease, store: Store): Promise<ReleaseDetail> {
  const { artifacts, records } = store;
  const manifest = await readManifest(await artifacts.open(release.manifest));
  const report = await reportFormat.read(await artifacts.open(manifest.report));
  const promotions = await records.releases.promotions();
  const { parts } = await explainRelease(manifest, (digest) => artifacts.stat(digest));
  const changes = await changesSince(release, { manifest, report }, store).catch(() => undefined);
  return {
    ...(await releaseView(release, store)),
    manifest,
    parts: parts.map(({ part, digest, bytes }) => ({ part, digest, ...(bytes !== undefined && { bytes }) })),
    ...(changes && { changes }),
    gates: report.gates.map(gateView),
    promotions: promotions
      .filter((promotion) => promotion.release === release.name)
      .map(({ at, actor, action, reason }) => ({
        at: new Date(at).toISOString(),
        by: actor,
        ...promotionReason(action, reason),
      })),
  };
}

interface Content {
  readonly manifest: ReleaseManifest;
  readonly report: EvaluationReport;
}

/** Against the release made before. Rejects when that one is no longer in the store. */
async function changesSince(
  { name }: StoredRelease,
  to: Content,
  { records, artifacts }: Store,
): Promise<ReleaseDetail['changes']> {
  const all = await records.releases.list(10_000);
  const before = all[all.findIndex((each) => each.name === name) + 1];
  if (before === undefined) return undefined;
  const manifest = await readManifest(await artifacts.open(before.manifest));
  const report = await reportFormat.read(await artifacts.open(manifest.report));
  const diff = diffReleases(manifest, to.manifest, {
    ...{ from: report, to: to.report },
    compared: to.report.live?.release === before.name,
  });
  const side = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
  const plain = [...diff.parts, ...diff.models, ...diff.serving, ...diff.prompts].map(
    ({ name: what, from, to: now }): ReleaseChangeRecord => ({
      name: what,
      ...(from !== undefined && { from: side(from) }),
      ...(now !== undefined && { to: side(now) }),
    }),
  );
  const metrics = (diff.metrics ?? []).map(({ name: metric, unit, from, to: now, better, noise }) => ({
    name: metric,
    figures: { unit, from, to: now },
    ...(from !== null && { from: from.toPrecision(3) }),
    ...(now !== null && { to: now.toPrecision(3) }),
    ...(better !== undefined && { better }),
    ...(noise !== undefined && { noise }),
  }));
  return { since: before.name, list: [...plain, ...metrics] };
}

async function reportOf({ manifest }: StoredRelease, { artifacts }: Store): Promise<EvaluationReport> {
  const { report } = await readManifest(await artifacts.open(manifest));
  return await reportFormat.read(await artifacts.open(report));
}

function figuresOf({ gates }: EvaluationReport): Record<string, number> {
  const figures: Record<string, number> = {};
  for (const { metric, language, figure } of gates) {
    if (figure !== null) figures[language === undefined ? metric : `${metric} ${language}`] = figure;
  }
  return figures;
}

/** The ledger holds English words, which its hashes cover. */
function promotionReason(action: string, reason: string): { why: string; whyText: Text } {
  const said = recognise('promotion', reason) ?? reason;
  const whyText = action === 'rollback' ? say('show.rollback-why', { why: said }) : said;
  return { why: render(whyText, 'en'), whyText };
}

const gateRules = {
  min: 'gate-rule.least',
  max: 'gate-rule.most',
  not_worse_than: 'gate-rule.not-worse',
} as const;

function gateView({ metric, language, rule, bound, figure, passed }: GateResult): GateRecord {
  const ruleText = say(gateRules[rule], { bound: rule === 'not_worse_than' ? -bound : bound });
  return {
    metric,
    ...(language !== undefined && { language }),
    rule: render(ruleText, 'en'),
    ruleText,
    value: figure,
    passed,
  };
}
