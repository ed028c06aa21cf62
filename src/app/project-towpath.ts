import { setTimeout as sleep } from 'node:timers/promises';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say, type Speech } from '../core/messages/message.ts';
import { rollbackTarget } from '../deploy/promotion.ts';
import type { ReleaseRecord as StoredRelease } from '../store/records/release-records.ts';
import { liveRelease, verifyServable } from './servable.ts';
import type { LoadedProject } from './stages.ts';
import type { ProjectDeps } from './project-deps.ts';
import { heldBack } from './service/held-back.ts';
import { readService } from './service-file.ts';
import type { Serving } from './serving.ts';
import { refuseLinksOut } from './state-links.ts';
import type { Towpath } from './towpath.ts';
import type {
  LineageDirection,
  LineageRecord,
  ReleaseDetail,
  ReleaseRecord,
  RollbackRecord,
} from './records/release.ts';
import type {
  LeftOut,
  LogLine,
  LogOptions,
  PageRecord,
  RunDetail,
  RunOptions,
  RunRecord,
} from './records/run.ts';
import type { ServeOptions, ServiceRecord, StatusRecord, UpOptions } from './records/service.ts';
import type { TrustChange, TrustRecord } from './records/trust.ts';
import type {
  BackupRecord,
  RepairOptions,
  RepairRecord,
  VerifyOptions,
  VerifyRecord,
} from './records/upkeep.ts';
import { leftOutView } from './views/left-out-view.ts';
import { lineageView } from './views/lineage-view.ts';
import type { PageDeps } from './views/page-view.ts';
import { filesTaken } from './views/taken-files.ts';
import { releaseDetailView, releaseView } from './views/release-view.ts';
import { runDetailView, runView } from './views/run-view.ts';

/** How long a cancelled run is waited for, and how long a rollback waits for the service to follow. */
const patience = { cancel: 30_000, swap: 60_000 };

export class ProjectTowpath implements Towpath {
  readonly #deps: ProjectDeps;

  constructor(deps: ProjectDeps) {
    this.#deps = deps;
  }

  async run({ observer, signal, fromScratch = false }: RunOptions): Promise<RunRecord> {
    const { actor, intake } = this.#deps;
    const project = await this.#load();
    const { store, flow } = await this.#deps.engine();
    const base = { project, intake, flow, store, actor, observer, signal, fromScratch };
    const { runProject } = await import('./run-project.ts');
    const { run, error, live } = await runProject({ ...base, trigger: 'command' });
    const { tellHeldBack } = await import('./up.ts');
    if (live !== undefined) await tellHeldBack({ heldBack: () => heldBack(store), observer });
    if (error !== undefined && !signal.aborted) throw error;
    return await runView(await flow.show(run), store.records);
  }

  async up(options: UpOptions): Promise<void> {
    await (await this.#serving()).up(options);
  }

  async serve(options: ServeOptions): Promise<void> {
    await (await this.#serving()).serve(options);
  }

  async #serving(): Promise<Serving> {
    const { serving } = await import('./serving.ts');
    return serving({ ...this.#deps, load: () => this.#load() });
  }

  async service(): Promise<ServiceRecord | undefined> {
    return await readService(this.#deps.state.serviceFile);
  }

  async status(): Promise<StatusRecord> {
    const { store } = await this.#deps.engine();
    const { live, problems } = await liveRelease(store);
    const held = problems.length > 0 ? undefined : await heldBack(store);
    const service = await this.service();
    const [last] = await this.runs({ limit: 1 });
    const going = await store.records.runs.list({ status: 'running' });
    const views = await Promise.all(going.map((run) => runView(run, store.records)));
    const elsewhere = views.filter((run) => run.elsewhere !== undefined);
    return {
      dir: this.#deps.place.dir,
      ...(live !== undefined && { live: await releaseView(live, store) }),
      ...(held !== undefined && { heldBack: held }),
      ...(problems.length > 0 && { problems }),
      ...(service !== undefined && { service }),
      ...(last !== undefined && { lastRun: last }),
      ...(elsewhere.length > 0 && { elsewhere }),
    };
  }

  async runs({ limit = 50 }: { readonly limit?: number } = {}): Promise<readonly RunRecord[]> {
    const { store, flow } = await this.#deps.engine();
    return await Promise.all((await flow.runs(limit)).map((run) => runView(run, store.records)));
  }

  async runDetail(run: string): Promise<RunDetail> {
    const { store, flow } = await this.#deps.engine();
    return await runDetailView(await flow.show(run), store.records);
  }

  async *logs(run: string, options: LogOptions = {}): AsyncIterable<LogLine> {
    const { flow } = await this.#deps.engine();
    yield* flow.logs(run, options);
  }

  async leftOut(run: string): Promise<LeftOut> {
    const { store, flow } = await this.#deps.engine();
    return leftOutView(await flow.show(run), store);
  }

  async report(of: string | undefined, language: Speech): Promise<PageRecord> {
    const deps = await this.#pages();
    const { releaseReport, runPage } = await import('./views/page-view.ts');
    if (of !== undefined && /^(?:r\d+|[0-9a-f]+)$/.test(of))
      return await releaseReport(await this.#release(of), language, deps);
    return await runPage('report', of, language, deps);
  }

  async curves(run: string | undefined, language: Speech): Promise<PageRecord> {
    const { runPage } = await import('./views/page-view.ts');
    return await runPage('curves', run, language, await this.#pages());
  }

  async #pages(): Promise<PageDeps> {
    return { ...(await this.#deps.engine()), pagesDir: this.#deps.state.pages };
  }

  async cancel(run: string): Promise<RunRecord> {
    const { store, flow } = await this.#deps.engine();
    const { id } = await flow.show(run);
    await flow.cancel(id, this.#deps.actor);
    const until = this.#deps.clock.monotonic() + patience.cancel;
    for (;;) {
      const now = await flow.show(id);
      if (now.status !== 'running' || this.#deps.clock.monotonic() > until) {
        return await runView(now, store.records);
      }
      await sleep(200);
    }
  }

  async giveUp(run: string): Promise<RunRecord> {
    const { store, flow } = await this.#deps.engine();
    const { id } = await flow.show(run);
    await flow.giveUp(id, this.#deps.actor);
    return await runView(await flow.show(id), store.records);
  }

  async lineage(subject: string, direction: LineageDirection): Promise<LineageRecord> {
    const { store, flow } = await this.#deps.engine();
    const release = /^r\d+$/.test(subject) ? await store.records.releases.get(subject) : undefined;
    const reference = release?.manifest ?? subject;
    const directions = direction === 'both' ? (['backwards', 'forwards'] as const) : [direction];
    const took = filesTaken(store, this.#deps.intake.formats);
    const traces = await Promise.all(
      directions.map((each) => flow.lineage(reference, { direction: each, took })),
    );
    return lineageView(traces[0]?.roots[0] ?? reference, traces);
  }

  async releases(): Promise<readonly ReleaseRecord[]> {
    const { store } = await this.#deps.engine();
    await store.records.releases.verify();
    return await Promise.all((await store.records.releases.list()).map((each) => releaseView(each, store)));
  }

  async releaseDetail(release: string): Promise<ReleaseDetail> {
    const { store } = await this.#deps.engine();
    await store.records.releases.verify();
    return await releaseDetailView(await this.#release(release), store);
  }

  async rollback(release?: string): Promise<RollbackRecord> {
    const { store } = await this.#deps.engine();
    const { releases } = store.records;
    const named = release === undefined ? undefined : (await this.#release(release)).name;
    await releases.verify();
    const from = (await releases.live())?.name;
    const givenUp = (await releases.list(1_000_000)).filter((each) => each.givenUp).map(({ name }) => name);
    const to = rollbackTarget(await releases.promotions(), named, new Set(givenUp));
    await verifyServable(await releases.get(to), store.artifacts);
    const { actor } = this.#deps;
    const reason = named === undefined ? 'asked for the release before' : `asked for ${to}`;
    await releases.promote({ release: to, action: 'rollback', actor, reason });
    return { ...(from !== undefined && { from }), to, swapped: await this.#swapped(to) };
  }

  async verify(options: VerifyOptions): Promise<VerifyRecord> {
    const { store } = await this.#deps.engine();
    const { verifyProject } = await import('./verify.ts');
    return await verifyProject(store, options);
  }

  async repair({ afresh = false, giveUp }: RepairOptions = {}): Promise<RepairRecord> {
    const { place, env, state, clock, actor } = this.#deps;
    if (giveUp !== undefined) {
      const { store } = await this.#deps.engine();
      const { giveUpRelease } = await import('./repair/give-up.ts');
      return await giveUpRelease(store, await this.#release(giveUp), actor);
    }
    await refuseLinksOut(place, env);
    const { repairProject } = await import('./repair/repair.ts');
    return await repairProject({ state, clock, actor, afresh });
  }

  async backup(folder: string, options: VerifyOptions): Promise<BackupRecord> {
    const { engine, state } = this.#deps;
    const [{ backupProject }, { backupSource }] = await Promise.all([
      import('./backup/backup.ts'),
      import('./backup/records.ts'),
    ]);
    // Not before the imports: should it fail while they are awaited, nobody would hear it, which ends the process.
    const opened = engine().then(({ store }) => store);
    return await backupProject(await backupSource(opened, state.dir), state.dir, folder, options);
  }

  async trust(change?: TrustChange): Promise<TrustRecord> {
    const { place, env, intake } = this.#deps;
    const [{ changeTrust, showTrust }, { sectionsOf, stagesOver }] = await Promise.all([
      import('./trust.ts'),
      import('./stages.ts'),
    ]);
    if (change !== undefined) await changeTrust(place, change, env);
    return await showTrust(place, sectionsOf(stagesOver(intake)), env);
  }

  async close(): Promise<void> {
    await this.#deps.close();
  }

  async #load(): Promise<LoadedProject> {
    const { place, env, intake } = this.#deps;
    const [{ loadProject }, { sectionsOf, stagesOver }] = await Promise.all([
      import('../project/load.ts'),
      import('./stages.ts'),
    ]);
    return await loadProject(place.file, sectionsOf(stagesOver(intake)), env);
  }

  /** By name, or by a prefix of the manifest's digest. */
  async #release(reference: string): Promise<StoredRelease> {
    const { releases } = (await this.#deps.engine()).store.records;
    if (/^r\d+$/.test(reference)) return await releases.get(reference);
    const found = (await releases.list(10_000)).filter(({ manifest }) => manifest.startsWith(reference));
    const [only] = found;
    if (found.length === 1 && only !== undefined) return only;
    throw new TowpathError(
      'TOW_APP_NAME_UNKNOWN',
      found.length === 0
        ? say('release.not-called', { name: reference })
        : say('release.several', { name: reference, releases: found.map(({ name }) => name) }),
    );
  }

  /** Waits until the running service, if any, serves the release. */
  async #swapped(release: string): Promise<boolean> {
    const { clock } = this.#deps;
    const until = clock.monotonic() + patience.swap;
    for (;;) {
      const service = await this.service();
      if (service === undefined) return false;
      if (service.release === release) return true;
      if (clock.monotonic() > until) return false;
      await sleep(200);
    }
  }
}
