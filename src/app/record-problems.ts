import { asTowpathError, TowpathError } from '../core/errors/towpath-error.ts';
import { say, type Message } from '../core/messages/message.ts';
import type { Store } from '../store/open.ts';
import type { KeptResult } from '../store/records/record-copies.ts';
import { releaseChanged } from '../store/records/release-repository.ts';
import { sameKeptResult } from '../store/records/same-record.ts';

/** Problems that are listed of each kind: a failing disk may have millions. */
export const mostProblems = 100;

/**
 * What is wrong with the records of a project: its ledger, and whatever is not in the database as it was kept beside the
 * artifacts, whichever of the two was changed.
 */
export async function recordProblems(store: Store): Promise<TowpathError[]> {
  const { records, copies } = store;
  const ledger = await records.releases.verifyLedger().then(
    () => [],
    (error: unknown) => [asTowpathError(error)],
  );
  const [releases, promotions] = [await copies.releases(), await copies.promotions()];
  const rows = new Map((await records.restore.ledger()).rows.map(({ seq, hash }) => [seq, hash]));
  const kept = [
    ...[...releases.damaged, ...promotions.damaged].map(copyDamaged),
    ...(await records.releases.changed()).map(releaseChanged),
    ...promotions.kept
      .filter(({ seq, hash }) => rows.get(seq) !== hash)
      .map(({ seq }) => differs(say('verify.promotion', { seq }))),
  ];
  return [...ledger, ...kept.slice(0, mostProblems), ...(await resultProblems(store))];
}

async function resultProblems({ records, copies }: Store): Promise<TowpathError[]> {
  const problems: TowpathError[] = [];
  const seen = new Set<string>();
  for await (const kept of copies.results()) {
    if (problems.length >= mostProblems) return problems;
    if ('damaged' in kept) problems.push(copyDamaged(kept.damaged));
    else {
      const { key, step } = kept.result;
      seen.add(key);
      if (!(await isRecorded(key, kept))) problems.push(differs(say('verify.result', { step })));
    }
  }
  for await (const found of records.restore.results()) {
    if (problems.length >= mostProblems) return problems;
    if (!('damaged' in found) || seen.has(found.damaged.key)) continue;
    const what = say('verify.result', { step: found.damaged.step });
    problems.push(new TowpathError('TOW_STORE_COPY_DAMAGED', say('verify.row-damaged', { what })));
  }
  return problems;

  async function isRecorded(key: string, kept: KeptResult): Promise<boolean> {
    const found = await records.restore.result(key);
    if (found !== undefined && !('damaged' in found) && sameKeptResult(found, kept)) return true;
    // A run may have made it anew in between.
    const [now, row] = [await copies.result(key), await records.restore.result(key)];
    if (now === undefined) return row === undefined || !('damaged' in row);
    return row !== undefined && !('damaged' in row) && sameKeptResult(row, now);
  }
}

function copyDamaged(path: string): TowpathError {
  return new TowpathError('TOW_STORE_COPY_DAMAGED', say('verify.copy-damaged'), { where: path });
}

function differs(what: Message): TowpathError {
  return new TowpathError('TOW_STORE_COPY_DAMAGED', say('verify.copy-differs', { what }));
}
