import type { Digest } from '../core/digest.ts';
import { asTowpathError, TowpathError, type ErrorRecord } from '../core/errors/towpath-error.ts';
import { render, say, type Message } from '../core/messages/message.ts';
import { progressRecord } from '../core/progress.ts';
import { readManifest } from '../release/manifest.ts';
import { partsOf, type PartName } from '../release/explain.ts';
import type { ArtifactState, ArtifactStore } from '../store/artifacts/artifact-store.ts';
import type { Store } from '../store/open.ts';
import type { Observer } from './events.ts';
import { lackOf } from './servable.ts';
import type { VerifyRecord } from './towpath.ts';

/** Problems that are listed of each kind: a failing disk may have millions. */
const most = 100;

/** Goes through everything that a project keeps. One artifact is looked at at a time, and nothing of it is remembered. */
export async function verifyProject(
  store: Store,
  { observer, signal }: { readonly observer: Observer; readonly signal: AbortSignal },
): Promise<VerifyRecord> {
  const { records } = store;
  const problems: ErrorRecord[] = [];
  const noteTexts: Message[] = [];
  const found = (error: unknown): void => {
    problems.push(asTowpathError(error).toRecord());
  };
  const step = async <T>(
    name: string,
    work: () => Promise<T>,
    facts: (result: T) => Record<string, number>,
  ) => {
    const began = performance.now();
    observer({ event: 'step-started', run: 'verify', step: name });
    const before = problems.length;
    const result = await work();
    const outcome = problems.length > before ? 'failed' : 'done';
    const ms = performance.now() - began;
    observer({ event: 'step-finished', run: 'verify', step: name, outcome, ms, facts: facts(result) });
    return result;
  };
  await step(
    'database',
    () => records.checkDatabase().catch(found),
    () => ({}),
  );
  const promotions = await step(
    'ledger',
    async () => {
      await records.releases.verify().catch(found);
      await verifyCopies(store, found);
      return (await records.restore.counts()).promotions;
    },
    (count) => ({ promotions: count }),
  );
  const artifacts = await step(
    'artifacts',
    () => verifyArtifacts(store, { observer, signal }, found),
    ({ count }) => ({ artifacts: count }),
  );
  const releases = await step(
    'releases',
    () => verifyReleases(store, found, noteTexts),
    (count) => ({ releases: count }),
  );
  const notes = noteTexts.map((note) => render(note, 'en'));
  return { ok: problems.length === 0, releases, promotions, artifacts, problems, notes, noteTexts };
}

/** What is kept of the records beside the artifacts, against the database. */
async function verifyCopies({ records, copies }: Store, found: (error: unknown) => void): Promise<void> {
  const [releases, promotions] = [await copies.releases(), await copies.promotions()];
  const byName = new Map(
    (await records.releases.list(1_000_000)).map(({ name, manifest }) => [name, manifest]),
  );
  const rows = new Map((await records.restore.ledger()).rows.map(({ seq, hash }) => [seq, hash]));
  const damaged = say('verify.copy-damaged');
  const differs = (what: Message): Message => say('verify.copy-differs', { what });
  const wrong = [
    ...[...releases.damaged, ...promotions.damaged].map((path) => ({ text: damaged, path })),
    ...releases.kept
      .filter(({ name, manifest }) => byName.get(name) !== manifest)
      .map(({ name }) => ({ text: differs(say('verify.release', { release: name })), path: undefined })),
    ...promotions.kept
      .filter(({ seq, hash }) => rows.get(seq) !== hash)
      .map(({ seq }) => ({ text: differs(say('verify.promotion', { seq })), path: undefined })),
  ];
  for await (const result of copies.results()) {
    if ('damaged' in result && wrong.length < most) wrong.push({ text: damaged, path: result.damaged });
  }
  for (const { text, path } of wrong.slice(0, most)) {
    const details = { ...(path !== undefined && { where: path }) };
    found(new TowpathError('TOW_STORE_COPY_DAMAGED', text, details));
  }
}

async function verifyArtifacts(
  { artifacts }: Store,
  { observer, signal }: { readonly observer: Observer; readonly signal: AbortSignal },
  found: (error: unknown) => void,
): Promise<{ count: number; bytes: number }> {
  let total = 0;
  for await (const { bytes } of artifacts.list()) total += bytes;
  let count = 0;
  let done = 0;
  let bad = 0;
  const told = { last: 0 };
  const read = (bytes: number): void => {
    done += bytes;
    if (performance.now() - told.last < 100) return;
    told.last = performance.now();
    const note = say('verify.artifact', { number: count + 1 });
    const progress = progressRecord({ done, total: Math.max(done, total), unit: 'bytes', note });
    observer({ event: 'step-progress', run: 'verify', step: 'artifacts', progress });
  };
  for await (const digest of artifacts.digests()) {
    try {
      await artifacts.verify(digest, { signal, read });
    } catch (error) {
      signal.throwIfAborted();
      bad += 1;
      if (bad <= most) found(error);
    }
    count += 1;
  }
  return { count, bytes: done };
}

/** Whether each release has what it needs to be served; of older ones, artifacts may be removed. */
async function verifyReleases(
  { records, artifacts }: Store,
  found: (error: unknown) => void,
  notes: Message[],
): Promise<number> {
  const live = await records.releases.live();
  const releases = await records.releases.list(1_000_000);
  for (const { name, manifest } of releases) {
    const lacks = await lacking(manifest, artifacts);
    if (lacks.length === 0) continue;
    const details = { data: { release: name, lacks } };
    const text = say('release.not-whole', {
      release: name,
      lacks: lacks.map(({ part, state }) => lackOf(part, state)),
    });
    // Artifacts of an older release may be removed; what is damaged was not.
    if (name === live?.name || lacks.some(({ state }) => state === 'damaged'))
      found(new TowpathError('TOW_RELEASE_NOT_WHOLE', text, details));
    else notes.push(text);
  }
  return releases.length;
}

interface Lacking {
  readonly part: PartName | 'manifest';
  readonly state: Exclude<ArtifactState, 'present'>;
}

async function lacking(manifest: Digest, artifacts: ArtifactStore): Promise<Lacking[]> {
  // What a newer version wrote was told as such; it is there.
  const stateOf = (digest: Digest) => artifacts.check(digest).catch((): ArtifactState => 'present');
  const state = await stateOf(manifest);
  if (state !== 'present') return [{ part: 'manifest', state }];
  const content = await artifacts
    .open(manifest)
    .then(readManifest)
    .catch(() => undefined);
  if (content === undefined) return [{ part: 'manifest', state: 'damaged' }];
  const parts = partsOf(content).map(async ({ part, digest }): Promise<Lacking[]> => {
    const found = await artifacts.check(digest);
    return found === 'present' ? [] : [{ part, state: found }];
  });
  return (await Promise.all(parts)).flat();
}
