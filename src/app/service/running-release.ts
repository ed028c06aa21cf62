import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { adapterFile } from '../../contract/adapter-artifact.ts';
import { weightsFile } from '../../contract/model-artifact.ts';
import type { Clock } from '../../core/clock.ts';
import type { Digest } from '../../core/digest.ts';
import type { ReleaseManifest } from '../../contract/release-manifest.ts';
import { openTarget } from '../../deploy/open-target.ts';
import { ReplicaSet } from '../../deploy/replica-set.ts';
import type { ReplicaEvent } from '../../deploy/supervised-replica.ts';
import type { Endpoint } from '../../deploy/target.ts';
import { compiledModule } from '../../flow/code/compiled.ts';
import type { Snapshot } from '../../gateway/snapshot.ts';
import { ReplicaClient } from '../../replica/model/client.ts';
import { ReplicaPool } from '../../replica/model/pool.ts';
import type { ModelSettings } from '../../llama/settings.ts';
import { openAnswering } from '../../qa/open-answering.ts';
import type { ReplicaRecord } from '../records/service.ts';

export interface ReleaseToRun {
  readonly name: string;
  readonly manifest: ReleaseManifest;
  /** When it was made live, milliseconds since the epoch. */
  readonly since: number;
}

export interface ReplicaLayout {
  readonly replicas: number;
  readonly threads: number;
  readonly slots: number;
  readonly queue: number;
}

export interface RunningReleaseDeps {
  /** Verified local path of an artifact. */
  readonly open: (artifact: Digest) => Promise<string>;
  readonly clock: Clock;
  readonly observer: (event: ReplicaEvent) => void;
}

/** A release with its replicas started and its index open: ready to take traffic. */
export interface RunningRelease {
  readonly name: string;
  readonly snapshot: Snapshot;
  replicas(): ReplicaRecord[];
  /** Ends replicas and closes the index; what is under way is given `drain` milliseconds. */
  stop(drain: number): Promise<void>;
}

const replicaProgram = fileURLToPath(new URL('../programs/replica.js', compiledModule(import.meta.url)));

/**
 * Verifies a release's artifacts, starts its replicas and opens its index. Whatever it throws, nothing is left running.
 *
 * @throws what the store says of an artifact, TOW_DEPLOY_* of replicas, TOW_DATA_INDEX_UNREADABLE
 */
export async function runRelease(
  { name, manifest, since }: ReleaseToRun,
  layout: ReplicaLayout,
  deps: RunningReleaseDeps,
  signal: AbortSignal,
): Promise<RunningRelease> {
  const { generator, adapter, embedder } = manifest.models;
  const index = await deps.open(manifest.index);
  const { context } = manifest.serving;
  const generators =
    generator &&
    replicaSet(
      {
        ...{ ...layout, context, mode: 'generate' },
        ...(adapter && { adapter: { path: join(await deps.open(adapter.artifact), adapterFile) } }),
      },
      await deps.open(generator.artifact),
      deps,
    );
  const embedders =
    embedder &&
    replicaSet(
      { ...layout, replicas: 1, threads: 1, context: 512, mode: 'embed' },
      await deps.open(embedder.artifact),
      deps,
    );
  const sets = [generators, embedders].filter((set) => set !== undefined);
  try {
    await Promise.all(sets.map((set) => set.start(signal)));
    const model = generators && new ReplicaPool(generators);
    const { glossary, passages, declineBelow, maxTokens, temperature } = manifest.serving;
    const answering = await openAnswering({
      index,
      settings: {
        ...{ context, passages, declineBelow, maxTokens, temperature, prompts: manifest.prompts },
        ...(typeof glossary === 'string' && { glossary }),
      },
      release: name,
      generator: model,
      embedder: embedders && new ReplicaPool(embedders),
    });
    return {
      name,
      snapshot: {
        release: name,
        since,
        qa: answering.qa,
        ...(generator && model && { generator: { name: generator.name, model, context } }),
      },
      replicas: () => (generators === undefined ? [] : recordsOf(generators, name, layout.slots)),
      async stop(drain) {
        await Promise.all(sets.map((set) => set.drain(drain)));
        await Promise.all([...sets.map((set) => set.stop()), answering.close()]);
      },
    };
  } catch (error) {
    await Promise.all(sets.map((set) => set.stop()));
    throw error;
  }
}

interface SetLayout extends ReplicaLayout {
  readonly context: number;
  readonly mode: 'generate' | 'embed';
  readonly adapter?: NonNullable<ModelSettings['adapter']>;
}

function replicaSet(
  { replicas, threads, slots, queue, context, mode, adapter }: SetLayout,
  folder: string,
  { clock, observer }: RunningReleaseDeps,
): ReplicaSet<ReplicaClient> {
  const settings = {
    ...{ modelPath: join(folder, weightsFile), threads, slots, queue, mode },
    // The replica's context is shared by its slots; each must hold a whole request.
    context,
    ...(adapter && { adapter }),
  } satisfies ModelSettings;
  return new ReplicaSet({
    count: replicas,
    target: openTarget('local'),
    spec: { program: replicaProgram, settings },
    connect: (endpoint: Endpoint) => new ReplicaClient(endpoint, { connections: slots + queue }),
    clock,
    observer,
  });
}

function recordsOf(set: ReplicaSet<ReplicaClient>, release: string, slots: number): ReplicaRecord[] {
  return set.status().map(({ pid, state, inFlight }) => ({
    pid: pid ?? 0,
    state: state === 'waiting' ? 'starting' : state === 'stopped' ? 'draining' : state,
    release,
    busy: Math.min(inFlight, slots),
    slots,
  }));
}
