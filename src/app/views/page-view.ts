import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Digest } from '../../core/digest.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, type Speech } from '../../core/messages/message.ts';
import type { Flow, RunDetail as FlowRun } from '../../flow/flow.ts';
import { readManifest } from '../../release/manifest.ts';
import type { Store } from '../../store/open.ts';
import type { ReleaseRecord as StoredRelease } from '../../store/records/release-records.ts';
import type { PageName, PageRecord } from '../towpath.ts';

/** Which step's output holds a page: `report.html`, in Chinese `report.zh.html`. */
const pages = {
  report: { kind: 'evaluate.score', output: 'report' },
  curves: { kind: 'train.curves', output: 'curves' },
} as const;

const mostRuns = 100;

/** A page of a run: of the newest that has one when none is named. @throws TOW_APP_NO_PAGE */
export async function runPage(
  page: PageName,
  run: string | undefined,
  language: Speech,
  { flow, store }: { readonly flow: Flow; readonly store: Store },
): Promise<PageRecord> {
  const runs = run === undefined ? (await flow.runs(mostRuns)).map(({ id }) => id) : [run];
  for (const id of runs) {
    const detail = await flow.show(id);
    const digest = digestIn(detail, page);
    if (digest !== undefined)
      return await record(page, detail.id, language, await store.artifacts.open(digest));
    if (run !== undefined) throw noPage(page, detail.id);
  }
  throw noPage(page);
}

/** The report of a release: that of the run that made it. */
export async function releaseReport(
  release: StoredRelease,
  language: Speech,
  { artifacts }: Store,
): Promise<PageRecord> {
  const { report } = await readManifest(await artifacts.open(release.manifest));
  return await record('report', release.name, language, await artifacts.open(report));
}

function digestIn(run: FlowRun, page: PageName): Digest | undefined {
  const { kind, output } = pages[page];
  return run.steps.find((step) => step.kind === kind)?.outputs?.[output];
}

async function record(page: PageName, of: string, language: Speech, folder: string): Promise<PageRecord> {
  const english = join(folder, `${page}.html`);
  const own = language === 'en' ? english : join(folder, `${page}.${language}.html`);
  // An artifact of an earlier version has the English page alone.
  const there = await access(own).then(
    () => true,
    () => false,
  );
  return { of, page: there ? own : english };
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
