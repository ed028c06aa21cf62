import type { Digest } from '../core/digest.ts';
import { say, type Message } from '../core/messages/message.ts';
import type { ArtifactStore } from '../store/artifacts/artifact-store.ts';
import type { ResultRecords, StepResult } from '../store/records/result-records.ts';
import { missReason, stepKey, type KeyParts } from './key.ts';

export type Lookup =
  | { readonly hit: StepResult; readonly key: Digest }
  | { readonly hit?: undefined; readonly key: Digest; readonly reason: Message };

/**
 * Looks a step up. A hit needs its result on record and every output in the store, by names, sizes and times: hashing
 * a model of gigabytes on every start would make the cache slower than some steps. Bytes are verified in full where
 * they are opened for use, and what fails there is set aside and so is a miss the next time.
 */
export class StepCache {
  readonly #results: ResultRecords;
  readonly #artifacts: ArtifactStore;

  constructor(results: ResultRecords, artifacts: ArtifactStore) {
    this.#results = results;
    this.#artifacts = artifacts;
  }

  async look(parts: KeyParts, fromScratch: boolean): Promise<Lookup> {
    const key = stepKey(parts);
    if (fromScratch) return { key, reason: say('reason.scratch') };
    const found = await this.find(key);
    if (found && 'result' in found) return { key, hit: found.result };
    if (found) return { key, reason: found.reason };
    const latest = await this.#results.latest(parts.node.name, parts.node.kind.name);
    const inputs = latest ? await this.#results.inputs(latest.key) : [];
    return { key, reason: missReason(parts, latest, inputs) };
  }

  /** The result of a key, or why there is one that cannot be used; undefined when there is none. */
  async find(key: Digest): Promise<{ result: StepResult } | { reason: Message } | undefined> {
    const result = await this.#results.get(key);
    if (!result) return undefined;
    if (result === 'damaged') return { reason: say('reason.record-damaged') };
    for (const [name, digest] of Object.entries(result.outputs)) {
      const state = await this.#artifacts.check(digest);
      if (state !== 'present') return { reason: say(`reason.output-${state}`, { name }) };
    }
    return { result };
  }
}
