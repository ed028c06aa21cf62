import { join } from 'node:path';
import type { Digest } from '../../core/digest.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, type Speech } from '../../core/messages/message.ts';
import { reportPages } from '../../evaluate/report/pages.ts';
import { reportFormat } from '../../contract/evaluation-report.ts';
import type { Flow, RunDetail as FlowRun } from '../../flow/flow.ts';
import { readManifest } from '../../contract/release-manifest.ts';
import type { Store } from '../../store/open.ts';
import type { ReleaseRecord as StoredRelease } from '../../store/records/release-records.ts';
import { curvesPages } from '../../train/curves/pages.ts';
import { readCurves } from '../../train/curves/report.ts';
import type { PageName, PageRecord } from '../records/run.ts';
import { writePages } from './write-pages.ts';

/** Which step's output a page is made from, and its files. */
const pages = {
  report: {
    ...{ kind: 'evaluate.score', output: 'report' },
    draw: async (folder: string) => reportPages(await reportFormat.read(folder)),
  },
  curves: {
    ...{ kind: 'train.curves', output: 'curves' },
    draw: async (folder: string) => curvesPages(await readCurves(folder)),
  },
} as const;

export interface PageDeps {
  readonly flow: Flow;
  readonly store: Store;
  /** Where pages are put: one folder for each artifact that they are made from. */
  readonly pagesDir: string;
}

const mostRuns = 100;

/** A page of a run: of the newest that has one when none is named. @throws TOW_APP_NO_PAGE */
export async function runPage(
  page: PageName,
  run: string | undefined,
  language: Speech,
  deps: PageDeps,
): Promise<PageRecord> {
  const { flow } = deps;
  const runs = run === undefined ? (await flow.runs(mostRuns)).map(({ id }) => id) : [run];
  for (const id of runs) {
    const detail = await flow.show(id);
    const digest = digestIn(detail, page);
    if (digest !== undefined) return await record(page, detail.id, language, digest, deps);
    if (run !== undefined) throw noPage(page, detail.id);
  }
  throw noPage(page);
}

/** The report of a release: that of the run that made it. */
export async function releaseReport(
  release: StoredRelease,
  language: Speech,
  deps: PageDeps,
): Promise<PageRecord> {
  const { report } = await readManifest(await deps.store.artifacts.open(release.manifest));
  return await record('report', release.name, language, report, deps);
}

function digestIn(run: FlowRun, page: PageName): Digest | undefined {
  const { kind, output } = pages[page];
  return run.steps.find((step) => step.kind === kind)?.outputs?.[output];
}

/** Draws a page anew, in the words of this version. */
async function record(
  page: PageName,
  of: string,
  language: Speech,
  digest: Digest,
  { store, pagesDir }: PageDeps,
): Promise<PageRecord> {
  const artifact = await store.artifacts.open(digest);
  const folder = join(pagesDir, digest.slice(0, 12));
  const file = join(folder, language === 'en' ? `${page}.html` : `${page}.${language}.html`);
  await writePages(folder, await pages[page].draw(artifact));
  return { of, page: file };
}

function noPage(page: PageName, run?: string): TowpathError {
  if (run === undefined) {
    const hint = say(page === 'report' ? 'page.evaluated' : 'page.trained');
    return new TowpathError('TOW_APP_NO_PAGE', say(`page.none-${page}`), { hint });
  }
  const hint = say('page.how-far', { run });
  const name = say(`page.${page}`);
  return new TowpathError('TOW_APP_NO_PAGE', say('page.none-in-run', { run, page: name }), { hint });
}
