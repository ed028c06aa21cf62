import { chmod, cp, lstat, mkdir, open, readdir, rename, utimes, copyFile } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isDigest, shortDigest, type Digest } from '../../core/digest.ts';
import { messageOf, TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import { NotAFile, readOwnFile } from '../../core/own-file.ts';
import { asEnvironmentError, codeOf } from '../../core/environment-error.ts';
import { moveAside } from '../set-aside.ts';
import type { Workspaces } from '../workspaces.ts';
import {
  defaultLimits,
  type ArtifactInfo,
  type ArtifactLimits,
  type ArtifactState,
  type ArtifactStore,
  type SignalOption,
  type VerifyOptions,
} from './artifact-store.ts';
import { contentDigest, hashFile, syncFolder, takeInventory, type ListedEntry } from './inventory.ts';
import { infoOf, readLabel, type Label } from './label.ts';
import { compareWithLabel, fingerprint, putTimesBack, verifyContent } from './verify.ts';

export interface FolderStoreOptions {
  readonly dir: string;
  /** On the same file system as `dir`. */
  readonly workspaces: Workspaces;
  /** Where artifacts go that do not verify; on the same file system too. Nothing in it is ever deleted. */
  readonly damaged: string;
  readonly limits?: ArtifactLimits;
}

/** Artifacts as `<2 hex>/<digest>/content` with a label beside it, below one folder. */
export class FolderArtifactStore implements ArtifactStore {
  readonly #dir: string;
  readonly #workspaces: Workspaces;
  readonly #damaged: string;
  readonly #limits: ArtifactLimits;
  /** What each artifact's files looked like when this process last read all their bytes. */
  readonly #verified = new Map<Digest, string>();

  constructor({ dir, workspaces, damaged, limits = defaultLimits }: FolderStoreOptions) {
    this.#dir = dir;
    this.#workspaces = workspaces;
    this.#damaged = damaged;
    this.#limits = limits;
  }

  async adopt(path: string, media: string, options: SignalOption = {}): Promise<ArtifactInfo> {
    const workspace = await this.#workspaces.create();
    try {
      const entry = join(workspace, 'entry');
      await mkdir(entry);
      await moveOrCopy(path, join(entry, 'content'));
      const label = await seal(join(entry, 'content'), media, this.#limits, options.signal);
      await writeLabel(entry, label);
      await this.#publish(entry, label);
      return infoOf(label);
    } catch (error) {
      throw asEnvironmentError(error, say('store.keeping-artifact', { path }));
    } finally {
      await this.#workspaces.remove(workspace);
    }
  }

  async put(content: string | Uint8Array | AsyncIterable<Uint8Array>, media: string): Promise<ArtifactInfo> {
    const workspace = await this.#workspaces.create();
    try {
      const path = join(workspace, 'content');
      const whole = typeof content === 'string' || content instanceof Uint8Array;
      await pipeline(Readable.from(whole ? [Buffer.from(content)] : content), createWriteStream(path));
      return await this.adopt(path, media);
    } catch (error) {
      throw asEnvironmentError(error, say('store.writing-artifact'));
    } finally {
      await this.#workspaces.remove(workspace);
    }
  }

  async open(digest: Digest, options: SignalOption = {}): Promise<string> {
    const content = join(this.#entry(digest), 'content');
    const label = await this.#label(digest);
    if (!label) throw await this.#missing(digest);
    const seen = await fingerprint(content, label);
    if (seen !== undefined && this.#verified.get(digest) === seen) return content;
    await this.#verify(digest, label, options);
    if (seen !== undefined) this.#verified.set(digest, seen);
    return content;
  }

  async verify(digest: Digest, options: VerifyOptions = {}): Promise<ArtifactInfo> {
    const label = await this.#label(digest);
    if (!label) throw await this.#missing(digest);
    await this.#verify(digest, label, options);
    return infoOf(label);
  }

  async check(digest: Digest): Promise<ArtifactState> {
    let label: Label | undefined;
    try {
      label = await this.#label(digest);
    } catch (error) {
      if (error instanceof TowpathError && error.code === 'TOW_STORE_ARTIFACT_NEWER') throw error;
      return 'damaged';
    }
    if (label === undefined) return (await this.#keptAside(digest)) === undefined ? 'missing' : 'damaged';
    const content = join(this.#entry(digest), 'content');
    const state = await compareWithLabel(content, label);
    if (state !== 'touched') return state;
    // A copy that was put back, by a tool that keeps no times: its bytes decide, once.
    try {
      await verifyContent(content, label, digest, this.#limits, {});
    } catch {
      return 'damaged';
    }
    await putTimesBack(content, label);
    return 'present';
  }

  async has(digest: Digest): Promise<boolean> {
    return (await this.check(digest)) === 'present';
  }

  async stat(digest: Digest): Promise<ArtifactInfo | undefined> {
    const label = await this.#label(digest);
    return label && infoOf(label);
  }

  async *list(): AsyncIterable<ArtifactInfo> {
    for await (const digest of this.digests()) {
      const info = await this.stat(digest).catch(() => undefined);
      if (info) yield info;
    }
  }

  async *digests(): AsyncIterable<Digest> {
    for (const prefix of (await readdir(this.#dir).catch(() => [])).sort()) {
      if (!/^[0-9a-f]{2}$/.test(prefix)) continue;
      for (const name of (await readdir(join(this.#dir, prefix)).catch(() => [])).sort()) {
        if (isDigest(name)) yield name;
      }
    }
  }

  #entry(digest: Digest): string {
    if (!isDigest(digest)) throw new TypeError(`not a digest: ${JSON.stringify(digest)}`);
    return join(this.#dir, digest.slice(0, 2), digest);
  }

  /** Reads every byte; what does not verify is set aside and the error says where it is now. */
  async #verify(digest: Digest, label: Label, options: VerifyOptions): Promise<void> {
    const content = join(this.#entry(digest), 'content');
    try {
      await verifyContent(content, label, digest, this.#limits, options);
    } catch (error) {
      if (error instanceof TowpathError) throw await this.#setAside(digest, error);
      throw asEnvironmentError(error, say('store.reading-artifact', { artifact: shortDigest(digest) }));
    }
  }

  /** @throws TOW_STORE_ARTIFACT_TAMPERED when it is there but cannot be understood, TOW_STORE_ARTIFACT_NEWER */
  async #label(digest: Digest): Promise<Label | undefined> {
    const path = join(this.#entry(digest), 'artifact.json');
    let text: string;
    try {
      text = await readOwnFile(path);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') {
        await this.#withoutLabel(digest);
        return undefined;
      }
      if (error instanceof NotAFile) throw await this.#labelDamaged(digest, path, error);
      throw asEnvironmentError(error, say('store.reading', { path }));
    }
    const label = readLabel(text, digest, path);
    if (!('damage' in label)) return label;
    throw await this.#labelDamaged(digest, path, label.damage);
  }

  async #labelDamaged(digest: Digest, where: string, cause: unknown): Promise<TowpathError> {
    return await this.#setAside(
      digest,
      new TowpathError(
        'TOW_STORE_ARTIFACT_TAMPERED',
        say('store.label-damaged', { artifact: shortDigest(digest) }),
        { where, cause, data: { digest } },
      ),
    );
  }

  /** An entry appears with its label in it: one that has none lost it. */
  async #withoutLabel(digest: Digest): Promise<undefined> {
    const entry = this.#entry(digest);
    if (!(await lstat(entry).catch(() => undefined))) return undefined;
    throw await this.#setAside(
      digest,
      new TowpathError(
        'TOW_STORE_ARTIFACT_TAMPERED',
        say('store.label-gone', { artifact: shortDigest(digest) }),
        {
          where: join(entry, 'artifact.json'),
          data: { digest },
        },
      ),
    );
  }

  /** One rename makes it appear. What stands there already is kept when it is whole, set aside when it is not. */
  async #publish(entry: string, label: Label): Promise<void> {
    const digest = label.digest as Digest;
    const target = this.#entry(digest);
    await mkdir(dirname(target), { recursive: true });
    for (let tries = 0; ; tries += 1) {
      try {
        await rename(entry, target);
        await syncFolder(dirname(target));
        return;
      } catch (error) {
        const code = codeOf(error);
        if ((code !== 'ENOTEMPTY' && code !== 'EEXIST') || tries >= 3) throw error;
        const existing = await this.stat(digest).catch(() => undefined);
        if (existing && existing.kind !== label.kind) {
          throw new TowpathError('TOW_STORE_ARTIFACT_REFUSED', say('store.digest-shared', { digest }));
        }
        if ((await this.check(digest)) === 'present') return;
        await this.#moveAside(digest);
      }
    }
  }

  /** Sets what does not verify aside, so that it is made anew; gives the error with the place where it is now. */
  async #setAside(digest: Digest, error: TowpathError): Promise<TowpathError> {
    this.#verified.delete(digest);
    const kept = await this.#moveAside(digest);
    if (kept === undefined) return error;
    const entry = this.#entry(digest);
    return new TowpathError(error.code, messageOf(error), {
      where: error.where?.startsWith(entry) === true ? `${kept}${error.where.slice(entry.length)}` : kept,
      cause: error.cause,
      data: { ...error.data, kept },
    });
  }

  async #moveAside(digest: Digest): Promise<string | undefined> {
    return await moveAside(this.#entry(digest), join(this.#damaged, digest));
  }

  /** The newest damaged copy of an artifact that is not in the store any more. */
  async #keptAside(digest: Digest): Promise<string | undefined> {
    const names = await readdir(this.#damaged).catch(() => []);
    const [name] = names
      .filter((each) => each.startsWith(digest))
      .sort((a, b) => b.length - a.length || (a < b ? 1 : -1));
    return name === undefined ? undefined : join(this.#damaged, name);
  }

  async #missing(digest: Digest): Promise<TowpathError> {
    const kept = await this.#keptAside(digest);
    if (kept === undefined) return missing(digest, this.#entry(digest));
    return new TowpathError(
      'TOW_STORE_ARTIFACT_TAMPERED',
      say('store.artifact-damaged', { artifact: shortDigest(digest) }),
      { where: kept, data: { digest, kept } },
    );
  }
}

/** Hashes, makes durable and makes read-only everything below `content`, and lists it. */
async function seal(
  content: string,
  media: string,
  limits: ArtifactLimits,
  signal: AbortSignal | undefined,
): Promise<Label> {
  const { kind, entries, bytes } = await takeInventory(content, limits);
  const listed: [...ListedEntry, number][] = [];
  for (const { path, size, mtimeMs, shared } of entries) {
    if (path.endsWith('/')) {
      listed.push([path, 0, '', 0]);
      continue;
    }
    const file = join(content, path);
    if (shared) await separate(file, mtimeMs);
    const sha256 = await hashFile(file, { durable: true, signal });
    await chmod(file, 0o444);
    listed.push([path, size, sha256, shared ? Math.floor(mtimeMs) : mtimeMs]);
  }
  const folders = entries.filter(({ path }) => path.endsWith('/')).map(({ path }) => join(content, path));
  if (kind === 'folder') {
    // Deepest first: a folder is complete before the folder that names it.
    for (const folder of [...folders.reverse(), content]) {
      await syncFolder(folder);
      await chmod(folder, 0o555);
    }
  }
  const digest = contentDigest(
    kind,
    listed.map(([path, size, sha256]) => [path, size, sha256] as const),
  );
  return { schema: 1, digest, kind, media, bytes, entries: listed };
}

/** Gives a file bytes of its own: through another hard link they could change behind our back. */
async function separate(file: string, mtimeMs: number): Promise<void> {
  await copyFile(file, `${file}.copy`);
  await rename(`${file}.copy`, file);
  await utimes(file, new Date(), new Date(Math.floor(mtimeMs)));
}

async function writeLabel(entry: string, label: Label): Promise<void> {
  const file = await open(join(entry, 'artifact.json'), 'wx', 0o444);
  try {
    await file.writeFile(JSON.stringify(label));
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(entry);
}

async function moveOrCopy(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error;
    await cp(from, to, {
      recursive: true,
      verbatimSymlinks: true,
      errorOnExist: true,
      preserveTimestamps: true,
    });
  }
}

function missing(digest: Digest, entry: string): TowpathError {
  return new TowpathError(
    'TOW_STORE_ARTIFACT_MISSING',
    say('store.artifact-missing', { artifact: shortDigest(digest) }),
    {
      where: entry,
      data: { digest },
    },
  );
}
