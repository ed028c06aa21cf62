import { asTowpathError, TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import type { Environment } from '../project/trust/trust-file.ts';
import type { Observer } from './events.ts';
import { Retry } from './retry.ts';
import type { ProjectRun } from './run-project.ts';
import type { LoadedProject } from './stages.ts';
import type { HeldBack } from './service/held-back.ts';
import { followLive } from './service/follow-live.ts';
import type { Service } from './service/service.ts';
import { watchedFiles } from './watched-files.ts';
import { watchFiles } from './watch-files.ts';

export interface UpDeps {
  readonly service: Pick<Service, 'release' | 'show'>;
  /** Reads the project file anew. */
  readonly load: () => Promise<LoadedProject>;
  /** Runs a project; rejects only when no run could start. */
  readonly run: (project: LoadedProject, trigger: string, signal: AbortSignal) => Promise<ProjectRun>;
  /** Name of the release that the records say is live; rejects while they cannot be relied on. */
  readonly live: () => Promise<string | undefined>;
  /** Why the live release is not the newest, if it is not. */
  readonly heldBack: () => Promise<HeldBack | undefined>;
  /** Names where the user's trust is kept. */
  readonly env: Environment;
  readonly observer: Observer;
  readonly signal: AbortSignal;
}

/** Serves whatever release is live until the signal. @throws TOW_APP_NO_RELEASE, or why it cannot be started */
export async function serveLive(deps: UpDeps): Promise<void> {
  const { service, live } = deps;
  await service.show(await needRelease(live));
  await tellHeldBack(deps);
  await follow(deps);
}

/** The live release. @throws TOW_APP_NO_RELEASE when there is none */
export async function needRelease(live: UpDeps['live']): Promise<string> {
  const release = await live();
  if (release === undefined) throw new TowpathError('TOW_APP_NO_RELEASE', say('release.none-to-serve'));
  return release;
}

/**
 * Runs the project and serves its live release until the signal; with `watch`, runs again when a file changes. What is
 * live already serves from the start, while the first run goes on, and goes on serving when a run fails. A run that failed
 * for want of space is tried again.
 *
 * @throws the error of the first run or of the first release when nothing is left to serve
 */
export async function runAndServe(deps: UpDeps, { watch }: { readonly watch: boolean }): Promise<void> {
  const { service, observer, signal, live } = deps;
  const early = showEarly(deps);
  let project = await deps.load();
  const seen = await watchedFiles(project, deps.env);
  const retry = watch ? new Retry() : undefined;
  await firstRun(deps, project, early, retry);
  if (signal.aborted) return;
  await tellHeldBack(deps);
  const following = follow(deps);
  if (retry !== undefined) {
    observer({ event: 'watching', files: seen.size });
    const look = (): ReturnType<typeof watchedFiles> => watchedFiles(project, deps.env);
    for await (const paths of watchFiles(seen, { look, due: () => retry.due, signal })) {
      // Empty when a run is tried again.
      if (paths.length > 0) observer({ event: 'changed', paths: paths.slice(0, 10), count: paths.length });
      const loaded = await attempt(deps, () => deps.load());
      // A file that is broken now says nothing about what to run; its repair is a change again.
      if (loaded === undefined) {
        retry.after(undefined);
        continue;
      }
      project = loaded;
      const { outcome, error } = await deps.run(loaded, 'change', signal).catch(couldNotStart);
      if (error === undefined) retry.after(undefined);
      else tellTrouble(deps, error, retry);
      const release = outcome === 'done' ? await attempt(deps, live) : undefined;
      if (release !== undefined) await attempt(deps, () => service.show(release));
    }
  }
  await following;
}

/** Without this it looks as if the newest release did not go live. */
export async function tellHeldBack({
  heldBack,
  observer,
}: Pick<UpDeps, 'heldBack' | 'observer'>): Promise<void> {
  const held = await heldBack().catch(() => undefined);
  if (held !== undefined) observer({ event: 'held-back', ...held });
}

/** Shows the live release, if any, while the first run goes on; what fails here is tried again, and told, after it. */
async function showEarly({ service, live, signal }: UpDeps): Promise<void> {
  const release = await live().catch(() => undefined);
  if (release !== undefined && !signal.aborted) await service.show(release).catch(() => undefined);
}

async function firstRun(
  { service, run, live, signal, observer }: UpDeps,
  project: LoadedProject,
  early: Promise<void>,
  retry: Retry | undefined,
): Promise<void> {
  const failure: unknown = await run(project, 'command', signal).then(
    ({ error }) => error,
    (error: unknown) => error,
  );
  await early;
  if (signal.aborted) return;
  try {
    const release = await live();
    if (release !== undefined) await service.show(release);
  } catch (error) {
    if (service.release === undefined) throw error;
    observer({ event: 'trouble', error: asTowpathError(error).toRecord() });
  }
  if (service.release === undefined)
    throw (failure as Error | undefined) ?? new TowpathError('TOW_APP_NO_RELEASE', say('release.none-made'));
  // What ends a command is told by its error; what a service goes on with, here.
  if (failure !== undefined) tellTrouble({ observer, signal }, failure, retry);
}

function follow({
  service,
  live,
  observer,
  signal,
}: Pick<UpDeps, 'service' | 'live' | 'observer' | 'signal'>) {
  return followLive({
    live,
    show: (release) => service.show(release),
    failed: (_, error) => observer({ event: 'trouble', error: error.toRecord() }),
    unsure: (error) => observer({ event: 'trouble', error: error.toRecord() }),
    signal,
  });
}

function couldNotStart(error: unknown): Pick<ProjectRun, 'outcome' | 'error'> {
  return { outcome: 'failed', error: asTowpathError(error) };
}

/** What goes wrong while something is being served is told, and the service goes on. */
async function attempt<T>({ observer, signal }: UpDeps, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    tellTrouble({ observer, signal }, error);
    return undefined;
  }
}

function tellTrouble(
  { observer, signal }: Pick<UpDeps, 'observer' | 'signal'>,
  thrown: unknown,
  retry?: Retry,
): void {
  if (signal.aborted) return;
  const error = asTowpathError(thrown);
  const retryIn = retry?.after(error.code);
  observer({ event: 'trouble', error: error.toRecord(), ...(retryIn !== undefined && { retryIn }) });
}
