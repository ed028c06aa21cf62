import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Json } from '../../core/canonical-json.ts';
import { digestJson } from '../../core/digest.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import { NotAFile, readOwnFile } from '../../core/own-file.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import { syncFolder } from '../artifacts/inventory.ts';
import { asEnvironmentError, codeOf } from '../../core/environment-error.ts';
import { moveAside } from '../set-aside.ts';
import type { Workspaces } from '../workspaces.ts';
import type { PromotionRecord, ReleaseRecord } from './release-records.ts';
import type { ResultCommit } from './result-records.ts';

/** A release with the text of its manifest, which is small and without which it is nothing. */
export interface KeptRelease extends ReleaseRecord {
  readonly content?: string;
}

export type KeptResult = Omit<ResultCommit, 'change'>;

/** What was found of the copies; what could not be read is told, by path. */
export interface FoundCopies<T> {
  readonly kept: readonly T[];
  readonly damaged: readonly string[];
}

export interface RecordCopiesOptions {
  /** `<artifacts>/records`: whoever copies the artifacts has it too. */
  readonly dir: string;
  readonly artifacts: ArtifactStore;
  readonly workspaces: Workspaces;
}

const schema = 1;
const fileSchema = z.strictObject({ schema: z.literal(schema), digest: z.string(), body: z.json() });
/** Text of a manifest longer than this is not kept a second time. */
const longestContent = 4 << 20;

/**
 * The records that nothing else could tell again - releases, promotions, results - as small files beside the artifacts,
 * each written after its commit: a database that was lost, emptied or taken back shows, and can be rebuilt.
 */
export class RecordCopies {
  readonly #dir: string;
  readonly #artifacts: ArtifactStore;
  readonly #workspaces: Workspaces;

  constructor({ dir, artifacts, workspaces }: RecordCopiesOptions) {
    this.#dir = dir;
    this.#artifacts = artifacts;
    this.#workspaces = workspaces;
  }

  async keepRelease(release: ReleaseRecord): Promise<void> {
    const { name, manifest, run, createdAt, createdBy, givenUp } = release;
    const before = await this.release(name);
    const kept = before?.manifest === manifest ? before.content : undefined;
    const content = kept ?? (await this.#contentOf(manifest).catch(() => undefined));
    await this.#write(`releases/${name}.json`, {
      ...{ name, manifest, createdAt, createdBy },
      ...(run !== undefined && { run }),
      ...(givenUp && { givenUp: { ...givenUp } }),
      ...(content !== undefined && { content }),
    });
  }

  async keepPromotion(promotion: PromotionRecord): Promise<void> {
    const { seq, release, action, actor, reason, at, prev, hash } = promotion;
    await this.#write(promotionFile(seq), { seq, release, action, actor, reason, at, prev, hash });
  }

  async keepResult({ result, inputs, artifacts }: KeptResult): Promise<void> {
    await this.#write(`results/${result.key}.json`, { result, inputs, artifacts } as unknown as Json);
  }

  async release(name: string): Promise<KeptRelease | undefined> {
    return await this.#read<KeptRelease>(`releases/${name}.json`);
  }

  async result(key: string): Promise<KeptResult | undefined> {
    return await this.#read<KeptResult>(`results/${key}.json`);
  }

  async dropResult(key: string): Promise<void> {
    const path = join(this.#dir, 'results', `${key}.json`);
    await rm(path, { force: true }).catch((error: unknown) => {
      throw asEnvironmentError(error, say('store.removing', { path }));
    });
  }

  /** Takes the copy of one release away, to `to.1` or the next free number; says where it is. */
  async setReleaseAside(name: string, to: string): Promise<string | undefined> {
    return await moveAside(join(this.#dir, 'releases', `${name}.json`), to);
  }

  /** In the order of their numbers. */
  async releases(): Promise<FoundCopies<KeptRelease>> {
    const found = await this.#all<KeptRelease>('releases');
    return { ...found, kept: [...found.kept].sort((a, b) => numberOf(a.name) - numberOf(b.name)) };
  }

  /** Oldest first. */
  async promotions(): Promise<FoundCopies<PromotionRecord>> {
    return await this.#all<PromotionRecord>('promotions');
  }

  async lastPromotion(): Promise<PromotionRecord | undefined> {
    for (const name of (await this.#names('promotions')).reverse()) {
      const found = await this.#read<PromotionRecord>(`promotions/${name}`);
      if (found) return found;
    }
    return undefined;
  }

  /** One at a time; `damaged` for a file that cannot be read. */
  async *results(): AsyncIterable<KeptResult | { readonly damaged: string }> {
    for (const name of await this.#names('results')) {
      const found = await this.#read<KeptResult>(`results/${name}`);
      yield found ?? { damaged: join(this.#dir, 'results', name) };
    }
  }

  /** How many there are, by the names of their files. */
  async counts(): Promise<{
    readonly releases: number;
    readonly newest: number;
    readonly promotions: number;
  }> {
    const [releases, promotions] = await Promise.all([this.#names('releases'), this.#names('promotions')]);
    return {
      releases: releases.length,
      newest: Math.max(0, ...releases.map((name) => numberOf(name))),
      promotions: promotions.length,
    };
  }

  /** Whether every record of the project has its copy here. @throws TOW_STORE_DATABASE_NEWER */
  async complete(): Promise<{ readonly since: number } | undefined> {
    return await this.#read<{ since: number }>('complete.json');
  }

  /** @param since artifacts from before belong to releases that were given up */
  async markComplete(since: number): Promise<void> {
    await this.#write('complete.json', { since });
  }

  /** Takes all copies away, to `to.1` or the next free number; says where they are. */
  async setAside(to: string): Promise<string | undefined> {
    return await moveAside(this.#dir, to);
  }

  /** Takes the copies of promotions away. */
  async setPromotionsAside(to: string): Promise<string | undefined> {
    return await moveAside(join(this.#dir, 'promotions'), to);
  }

  async #contentOf(manifest: ReleaseRecord['manifest']): Promise<string | undefined> {
    const path = await this.#artifacts.open(manifest);
    if ((await stat(path)).size > longestContent) return undefined;
    return await readFile(path, 'utf8');
  }

  async #names(folder: string): Promise<string[]> {
    const names = await readdir(join(this.#dir, folder)).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return [];
      throw asEnvironmentError(error, say('store.reading', { path: join(this.#dir, folder) }));
    });
    return names.filter((name) => name.endsWith('.json')).sort();
  }

  async #all<T>(folder: string): Promise<FoundCopies<T>> {
    const kept: T[] = [];
    const damaged: string[] = [];
    for (const name of await this.#names(folder)) {
      const found = await this.#read<T>(`${folder}/${name}`);
      if (found) kept.push(found);
      else damaged.push(join(this.#dir, folder, name));
    }
    return { kept, damaged };
  }

  /** Undefined when it is not there or not what was written. */
  async #read<T>(place: string): Promise<T | undefined> {
    const path = join(this.#dir, place);
    let value: unknown;
    try {
      value = JSON.parse(await readOwnFile(path));
    } catch (error) {
      if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError || error instanceof NotAFile)
        return undefined;
      throw asEnvironmentError(error, say('store.reading', { path }));
    }
    const version =
      typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
    if (typeof version === 'number' && version > schema) {
      throw new TowpathError(
        'TOW_STORE_DATABASE_NEWER',
        say('store.newer', { what: say('store.a-copy'), found: version, known: schema }),
        { where: path },
      );
    }
    const parsed = fileSchema.safeParse(value);
    if (!parsed.success || digestJson(parsed.data.body) !== parsed.data.digest) return undefined;
    return parsed.data.body as T;
  }

  /** Whole or not at all, and on the disk when it settles. */
  async #write(place: string, given: Json): Promise<void> {
    // As it will be read: JSON leaves out what it cannot hold.
    const body = JSON.parse(JSON.stringify(given)) as Json;
    const target = join(this.#dir, place);
    const workspace = await this.#workspaces.create();
    try {
      const path = join(workspace, 'record.json');
      const file = await open(path, 'wx', 0o644);
      try {
        await file.writeFile(JSON.stringify({ schema, digest: digestJson(body), body }));
        await file.sync();
      } finally {
        await file.close();
      }
      await mkdir(dirname(target), { recursive: true });
      await rename(path, target);
      await syncFolder(dirname(target));
    } catch (error) {
      throw asEnvironmentError(error, say('store.writing', { path: target }));
    } finally {
      await this.#workspaces.remove(workspace);
    }
  }
}

/** `r12` and `r12.json` are 12. */
export function numberOf(release: string): number {
  return Number.parseInt(release.slice(1), 10);
}

function promotionFile(seq: number): string {
  return `promotions/${String(seq).padStart(10, '0')}.json`;
}
