import { join } from 'node:path';
import type { Digest } from '../../core/digest.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import type { Flow, RunDetail as FlowRun } from '../../flow/flow.ts';
import { readManifest } from '../../release/manifest.ts';
import type { Store } from '../../store/open.ts';
import type { ReleaseRecord as StoredRelease } from '../../store/records/release-records.ts';
import type { PageName, PageRecord } from '../towpath.ts';

/** Which step's output holds a page, and under which name. */
const pages = {
  report: { kind: 'evaluate.score', output: 'report', file: 'report.html' },
  curves: { kind: 'train.curves', output: 'curves', file: 'curves.html' },
} as const;

const mostRuns = 100;

/** A page of a run: of the newest that has one when none is named. @throws TOW_APP_NO_PAGE */
export async function runPage(
  page: PageName,
  run: string | undefined,
  { flow, store }: { readonly flow: Flow; readonly store: Store },
): Promise<PageRecord> {
  const runs = run === undefined ? (await flow.runs(mostRuns)).map(({ id }) => id) : [run];
  for (const id of runs) {
    const detail = await flow.show(id);
    const digest = digestIn(detail, page);
    if (digest !== undefined) return await record(page, detail.id, digest, store);
    if (run !== undefined) throw noPage(page, `run ${detail.id} has no ${page}`, detail.id);
  }
  throw noPage(page, `no run has a ${page} yet`);
}

/** The report of a release: that of the run that made it. */
export async function releaseReport(release: StoredRelease, store: Store): Promise<PageRecord> {
  const { report } = await readManifest(await store.artifacts.open(release.manifest));
  return await record('report', release.name, report, store);
}

function digestIn(run: FlowRun, page: PageName): Digest | undefined {
  const { kind, output } = pages[page];
  return run.steps.find((step) => step.kind === kind)?.outputs?.[output];
}

async function record(page: PageName, of: string, digest: Digest, store: Store): Promise<PageRecord> {
  return { of, page: join(await store.artifacts.open(digest), pages[page].file) };
}

function noPage(page: PageName, message: string, run?: string): TowpathError {
  const why =
    run === undefined
      ? `${page === 'report' ? 'a run with `evaluate.suites`' : 'a run with `train.jobs`'} makes one: \`towpath run\``
      : `\`towpath run show ${run}\` shows how far it came`;
  return new TowpathError('TOW_APP_NO_PAGE', message, { hint: why });
}
