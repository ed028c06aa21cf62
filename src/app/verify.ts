import { asTowpathError, type ErrorRecord } from '../core/errors/towpath-error.ts';
import { render, say, type Message } from '../core/messages/message.ts';
import { progressRecord } from '../contract/progress.ts';
import type { Store } from '../store/open.ts';
import type { Observer } from './events.ts';
import { mostProblems, recordProblems } from './record-problems.ts';
import { releaseLacks } from './release-lacks.ts';
import type { VerifyRecord } from './records/upkeep.ts';

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
      for (const problem of await recordProblems(store)) found(problem);
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
    async () => {
      const { problems: lacks, notes: told, count } = await releaseLacks(store);
      for (const problem of lacks) found(problem);
      noteTexts.push(...told);
      return count;
    },
    (count) => ({ releases: count }),
  );
  const notes = noteTexts.map((note) => render(note, 'en'));
  return { ok: problems.length === 0, releases, promotions, artifacts, problems, notes, noteTexts };
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
      if (bad <= mostProblems) found(error);
    }
    count += 1;
  }
  return { count, bytes: done };
}
