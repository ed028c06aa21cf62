import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { digestBytes, type Digest } from '../../core/digest.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { render, say, type Message } from '../../core/messages/message.ts';
import type { ArtifactStore } from '../../store/artifacts/artifact-store.ts';
import { completeCopies } from '../../store/lost-records.ts';
import { openStore, type Store } from '../../store/open.ts';
import { nextPromotion } from '../../store/records/ledger.ts';
import { mendLedger, type MendedLedger } from '../../store/records/mend-ledger.ts';
import type { KeptRelease, KeptResult } from '../../store/records/record-copies.ts';
import type { ResultRow } from '../../store/records/restore-repository.ts';
import type { NewPromotion, PromotionRecord, ReleaseRecord } from '../../store/records/release-records.ts';
import { moveAside } from '../../store/set-aside.ts';
import { recordProblems } from '../record-problems.ts';
import { releaseLacks } from '../release-lacks.ts';
import { findService } from '../service-file.ts';
import type { StateFolder } from '../state-folder.ts';
import type { RepairRecord } from '../records/upkeep.ts';
import { withDatabaseAside } from './database-aside.ts';
import { mendReleases, type MendedReleases } from './mend-releases.ts';
import { toldNames, unnamedReleases } from './unnamed-releases.ts';

export interface RepairDeps {
  readonly state: StateFolder;
  readonly clock: Clock;
  readonly actor: string;
  /** Gives up every record instead of rebuilding it. */
  readonly afresh: boolean;
}

/**
 * Makes a project's records whole again from what lies beside its artifacts. What is damaged or does not fit is kept in
 * the folder `damaged`. Everything that it does can be done again: killed in the middle, it is simply run once more. When it
 * fails, on a full disk, the database that was there is put back.
 *
 * @throws TOW_APP_ALREADY_RUNNING while the project is being served, TOW_STORE_DATABASE_NEWER | _BUSY
 */
export async function repairProject(deps: RepairDeps): Promise<RepairRecord> {
  const { state, clock, afresh } = deps;
  const service = await findService(state.serviceFile);
  if (service) {
    const who = say('app.process-at', { pid: service.pid, url: service.url });
    throw new TowpathError('TOW_APP_ALREADY_RUNNING', say('app.being-served', { who }));
  }
  return await withDatabaseAside({ dir: state.dir, clock, all: afresh }, async (kept) => {
    const store = await openStore({ dir: state.dir, clock, repairing: true });
    try {
      return await (afresh ? startAfresh(deps, store, kept) : rebuild(deps, store, kept));
    } finally {
      await store.close();
    }
  });
}

async function startAfresh(
  { state, clock, actor }: RepairDeps,
  { records, copies }: Store,
  aside: readonly string[],
): Promise<RepairRecord> {
  const at = clock.now();
  await records.restore.rebuild({ releases: [], at, actor, what: 'started afresh' });
  // After the database, which may find no space: what is kept beside the artifacts is still there then.
  const old = await copies.setAside(join(state.dir, 'damaged', 'records'));
  // It is done by now, and whoever opens the store next would write this mark.
  await copies.markComplete(at).catch(() => undefined);
  return {
    ...{ database: 'afresh', releases: [], manifests: [], promotions: 0, ledger: 'whole', results: 0 },
    ...{ kept: [...aside, ...(old === undefined ? [] : [old])], notes: [], noteTexts: [] },
  };
}

async function rebuild(
  { state, clock, actor }: RepairDeps,
  store: Store,
  aside: readonly string[],
): Promise<RepairRecord> {
  const { records, copies, artifacts } = store;
  const damaged = join(state.dir, 'damaged');
  const kept = [...aside];
  const noteTexts: Message[] = [];
  const wasEmpty = (await records.restore.isEmpty()) && !(await isUnused(store, aside));
  // Results first: until the releases are back, a repair that was killed still shows as records that are lost.
  const results = await restoreResults(store, damaged, kept);
  const before = await records.releases.list(1_000_000);
  const copied = await copies.releases();
  for (const path of [...copied.damaged, ...(await copies.promotions()).damaged])
    kept.push(...(await keepFile(path, join(damaged, 'records'))));
  const manifests = await putManifestsBack(store, copied.kept);
  const mended = await mendedReleases(store, before, copied.kept);
  const { write: restored, removed, left, copiesLeft } = mended;
  noteTexts.push(...mended.notes);
  if (left.length > 0) kept.push(await keepRows('releases', left, damaged));
  const since = (await copies.complete())?.since ?? 0;
  const standing = before.filter((row) => !left.includes(row));
  const named = [...standing, ...restored];
  const unnamed = await unnamedReleases(artifacts, named, wasEmpty || named.length === 0 ? 0 : since, actor);
  const all = [...named, ...unnamed].sort((a, b) => a.createdAt - b.createdAt);
  const ledger = await mendedLedger(store, all, { actor, at: clock.now() });
  if (ledger.left.length > 0) kept.push(await keepRows('ledger', ledger.left, damaged));
  const releases = [...restored, ...unnamed].map(({ name }) => name);
  const changed = releases.length + results + kept.length > 0 || ledger.how !== 'whole' || wasEmpty;
  if (changed) {
    const what = `releases ${releases.join(', ') || 'none'}; results ${String(results)}; ledger ${ledger.how}`;
    await records.restore.rebuild({
      ...{ releases: [...restored, ...unnamed], removed, at: clock.now(), actor, what },
      ...(ledger.how !== 'whole' && { ledger: ledger.rows }),
    });
  }
  if (ledger.copiesDiffer) {
    const old = await copies.setPromotionsAside(join(damaged, 'promotions'));
    if (old !== undefined) kept.push(old);
  }
  for (const name of copiesLeft) {
    const old = await copies.setReleaseAside(name, join(damaged, 'records', `${name}.json`));
    if (old !== undefined) kept.push(old);
  }
  await completeCopies(store, records, clock.now());
  if (unnamed.length > 0) noteTexts.push(say('repair.numbered-anew'));
  const live = await records.releases.live();
  return {
    database: wasEmpty ? 'rebuilt' : 'whole',
    ...{ releases, manifests, promotions: ledger.rows.length, ledger: ledger.how, results, kept },
    notes: noteTexts.map((note) => render(note, 'en')),
    noteTexts,
    ...(live !== undefined && { live: live.name }),
    ...(await stillWrong(store)),
  };
}

/** Whether nothing was ever kept: an empty database is then what it should be. */
async function isUnused({ artifacts, copies }: Store, aside: readonly string[]): Promise<boolean> {
  const { done } = await artifacts.list()[Symbol.asyncIterator]().next();
  const { releases, promotions } = await copies.counts();
  return aside.length === 0 && done === true && releases + promotions === 0;
}

/** What a repair cannot mend is told by it, not left for the next verify. */
async function stillWrong(store: Store): Promise<Pick<RepairRecord, 'problems'>> {
  const problems = [...(await recordProblems(store)), ...(await releaseLacks(store)).problems];
  return problems.length > 0 ? { problems: problems.map((problem) => problem.toRecord()) } : {};
}

/** Results from their copies, where they are not as they were kept; and copies of those that have none. */
async function restoreResults({ records, copies }: Store, damaged: string, kept: string[]): Promise<number> {
  const { restore } = records;
  const replaced: ResultRow[] = [];
  const seen = new Set<string>();
  let written = 0;
  let some: KeptResult[] = [];
  const put = async (): Promise<void> => {
    const done = await restore.putResults(some);
    written += done.written;
    replaced.push(...done.replaced);
    some = [];
  };
  for await (const found of copies.results()) {
    if ('damaged' in found) {
      kept.push(...(await keepFile(found.damaged, join(damaged, 'records'))));
      continue;
    }
    seen.add(found.result.key);
    some.push(found);
    if (some.length >= 20) await put();
  }
  await put();
  const unreadable: ResultRow[] = [];
  for await (const found of restore.results()) {
    if ('damaged' in found) unreadable.push(found.damaged);
    else if (!seen.has(found.result.key)) await copies.keepResult(found);
  }
  const left = [...replaced, ...unreadable];
  if (left.length > 0) kept.push(await keepRows('results', left, damaged));
  await restore.dropResults(unreadable.map(({ key }) => key));
  return written;
}

/** Manifests that are gone or damaged, from their copies. */
async function putManifestsBack({ artifacts }: Store, releases: readonly KeptRelease[]): Promise<string[]> {
  const back: string[] = [];
  for (const { name, manifest, content } of releases) {
    if (content === undefined || digestBytes(content) !== manifest) continue;
    if (await isWhole(artifacts, manifest)) continue;
    await artifacts.put(content, 'release');
    back.push(name);
  }
  return back;
}

async function isWhole(artifacts: ArtifactStore, manifest: Digest): Promise<boolean> {
  return await artifacts.verify(manifest).then(
    () => true,
    (error: unknown) => {
      if (error instanceof TowpathError && error.code !== 'TOW_STORE_ARTIFACT_NEWER') return false;
      throw error;
    },
  );
}

async function mendedReleases(
  { records: { releases }, artifacts, copies }: Store,
  rows: readonly ReleaseRecord[],
  kept: readonly KeptRelease[],
): Promise<MendedReleases> {
  const changed = await releases.changed();
  const promoted = [...(await releases.promotions()), ...(await copies.promotions()).kept];
  return await mendReleases({
    ...{ rows, copies: kept, changed },
    promoted: new Set(promoted.map(({ release }) => release)),
    isWhole: (manifest) => isWhole(artifacts, manifest),
    // Where the database has nothing there is nothing to weigh.
    told: rows.some(({ name }) => changed.includes(name)) ? await toldNames(artifacts) : new Map(),
  });
}

/** The ledger as it shall stand; one that is lost altogether is begun with each release in the order they were made. */
async function mendedLedger(
  { records, copies }: Store,
  releases: readonly ReleaseRecord[],
  { actor, at }: { readonly actor: string; readonly at: number },
): Promise<MendedLedger> {
  const ledger = await records.restore.ledger();
  const names = new Set(releases.map(({ name }) => name));
  const last = [...ledger.rows].reverse().find(({ release }) => names.has(release))?.release;
  const note = (cut: number): NewPromotion | undefined => {
    if (last === undefined) return undefined;
    const reason = `repair: ${String(cut)} promotions that did not follow one another were set aside`;
    return { release: last, action: 'promote', actor, reason };
  };
  const { kept } = await copies.promotions();
  const known = kept.every(({ release }) => names.has(release)) ? kept : [];
  const mended = mendLedger(ledger, known, note, at);
  if (mended.rows.length > 0 || releases.length === 0) return mended;
  const reason = 'repair: made live when it was made; the ledger of that time is lost';
  const rows: PromotionRecord[] = [];
  for (const { name } of releases) {
    rows.push(nextPromotion(rows.at(-1), { release: name, action: 'promote', actor, reason }, at));
  }
  return { ...mended, how: 'rebuilt', rows };
}

async function keepRows(of: string, rows: readonly unknown[], damaged: string): Promise<string> {
  await mkdir(damaged, { recursive: true, mode: 0o700 });
  const count = (await readdir(damaged)).filter((name) => name.startsWith(`${of}.`)).length;
  const path = join(damaged, `${of}.${String(count + 1)}.json`);
  await rm(path, { force: true });
  await writeFile(path, `${JSON.stringify(rows, undefined, 2)}\n`);
  return path;
}

async function keepFile(path: string, folder: string): Promise<string[]> {
  const kept = await moveAside(path, join(folder, path.split('/').at(-1) ?? 'record'));
  return kept === undefined ? [] : [kept];
}
