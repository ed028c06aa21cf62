import { asTowpathError } from '../core/errors/towpath-error.ts';
import type { ProjectDeps } from './project-deps.ts';
import { runProject } from './run-project.ts';
import type { LoadedProject } from './stages.ts';
import { heldBack } from './service/held-back.ts';
import { openService } from './service/open-service.ts';
import type { Towpath } from './towpath.ts';
import type { ServeOptions } from './records/service.ts';
import { needRelease, runAndServe, serveLive, type UpDeps } from './up.ts';

export type Serving = Pick<Towpath, 'up' | 'serve'>;

interface ServingDeps extends ProjectDeps {
  /** Reads the project file anew. */
  readonly load: () => Promise<LoadedProject>;
}

/** What serves a project until its signal. */
export function serving(deps: ServingDeps): Serving {
  return {
    async up(options) {
      await service(deps, options, (up) => runAndServe(up, { watch: options.watch ?? true }));
    },
    async serve(options) {
      // Before a port is asked for: without a release, whether that is free says nothing.
      const { store } = await deps.engine();
      await needRelease(async () => (await store.records.releases.trusted())?.name);
      await service(deps, options, serveLive);
    },
  };
}

async function service(
  { state, clock, actor, env, intake, engine, load }: ServingDeps,
  options: ServeOptions,
  work: (deps: UpDeps) => Promise<void>,
): Promise<void> {
  const { signal } = options;
  const project = await load();
  const { store, flow } = await engine();
  const { port = project.values.serve.port } = options;
  const settings = { ...project.values.serve, port };
  const { serviceFile } = state;
  const served = await openService({ settings, serviceFile, store, clock, observer: options.observer });
  const { observer } = served;
  const stop = once(async () => {
    observer({ event: 'stopping' });
    await served.stop();
  });
  signal.addEventListener('abort', () => void stop(), { once: true });
  const base = { flow, store, actor, observer, intake };
  try {
    await work({
      service: served,
      load,
      run: (loaded, trigger) => runProject({ ...base, project: loaded, trigger, signal }),
      live: async () => (await store.records.releases.trusted())?.name,
      heldBack: () => heldBack(store),
      ...{ env, observer, signal },
    });
  } catch (error) {
    if (!signal.aborted) {
      await served.failed(asTowpathError(error));
      throw asTowpathError(error);
    }
  } finally {
    await stop();
    observer({ event: 'stopped' });
  }
}

/** The same work for every call: Ctrl-C and the end of the work may both ask for it. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}
