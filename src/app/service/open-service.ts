import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../../core/clock.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { verbatim } from '../../core/messages/message.ts';
import { threadsPerReplica } from '../../deploy/replica-set.ts';
import type { ReplicaEvent } from '../../deploy/supervised-replica.ts';
import { compiledModule } from '../../flow/code/compiled.ts';
import { readManifest } from '../../contract/release-manifest.ts';
import { loadConsole } from '../../gateway/console-files.ts';
import { Gateway } from '../../gateway/gateway.ts';
import type { ServeSettings } from '../../gateway/section.ts';
import type { Store } from '../../store/open.ts';
import type { Observer } from '../events.ts';
import { claimService } from '../service-file.ts';
import { FirstRunBoard } from './first-run-board.ts';
import { runRelease } from './running-release.ts';
import { Service } from './service.ts';

export interface OpenServiceOptions {
  readonly settings: ServeSettings;
  /** Where the claim on the project is kept. */
  readonly serviceFile: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly observer: Observer;
}

const consoleFolder = fileURLToPath(new URL('../../console/', compiledModule(import.meta.url)));

/**
 * Claims the project and opens its gateway; it answers 503 until a release is shown.
 *
 * @throws TOW_APP_ALREADY_RUNNING, TOW_SERVE_GATEWAY_PORT_IN_USE and the others of `listen`
 */
export async function openService(options: OpenServiceOptions): Promise<Service> {
  const { settings, store, clock } = options;
  const firstRun = new FirstRunBoard(clock);
  const observer: Observer = (event) => {
    options.observer(event);
    firstRun.apply(event);
  };
  const { host, port, replicas, slots, queue, deadline, drain } = settings;
  const started = new Date(clock.now()).toISOString();
  const planned = { pid: process.pid, url: `http://${host}:${String(port)}`, port, started, replicas: [] };
  const claim = await claimService(options.serviceFile, planned);
  try {
    const gateway = await Gateway.start({
      ...{ host, port, queue, deadline, clock, firstRun, concurrency: replicas * slots },
      console: await loadConsole(consoleFolder),
      log: (line) =>
        observer({
          event: 'trouble',
          error: new TowpathError('TOW_APP_INTERNAL', verbatim(line)).toRecord(),
        }),
      trouble: (error) => observer({ event: 'trouble', error: error.toRecord() }),
    });
    const threads =
      settings.threads === 'auto' ? threadsPerReplica(availableParallelism(), replicas) : settings.threads;
    const layout = { replicas, threads, slots, queue };
    const service = new Service({
      ...{ gateway, claim, started, drain, observer, firstRun },
      launch: async (name, signal) => {
        const release = await store.records.releases.get(name);
        const manifest = await readManifest(await store.artifacts.open(release.manifest));
        const report = (event: ReplicaEvent): void => {
          tell(event, name, replicas, observer);
          void service.announce().catch(() => undefined);
        };
        return await runRelease(
          { name, manifest, since: await liveSince(store, name, clock) },
          layout,
          { open: (digest) => store.artifacts.open(digest, { signal }), clock, observer: report },
          signal,
        );
      },
    });
    await service.announce();
    return service;
  } catch (error) {
    await claim.release();
    throw error;
  }
}

function tell(event: ReplicaEvent, release: string, of: number, observer: Observer): void {
  const { replica } = event;
  if (event.event === 'starting') observer({ event: 'replica-starting', release, replica, of });
  if (event.event !== 'failed') return;
  const { retryIn, error } = event;
  observer({
    event: 'replica-failed',
    replica,
    error: error.toRecord(),
    ...(retryIn !== undefined && { retryIn }),
  });
}

async function liveSince({ records }: Store, name: string, clock: Clock): Promise<number> {
  const promotions = await records.releases.promotions();
  return promotions.findLast(({ release }) => release === name)?.at ?? clock.now();
}
