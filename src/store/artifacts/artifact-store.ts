import type { Digest } from '../../core/digest.ts';

export type ArtifactKind = 'file' | 'folder';

export interface ArtifactInfo {
  /** Of a file, the SHA-256 of its bytes; of a folder, the digest of its sorted list of paths, sizes and SHA-256s. */
  readonly digest: Digest;
  readonly kind: ArtifactKind;
  /** What it holds, as a media type or a word of ours: `dataset`, `application/json`. */
  readonly media: string;
  readonly bytes: number;
  readonly files: number;
}

/** `damaged`: something is there, or was set aside, whose sizes, bytes or names are not those recorded. */
export type ArtifactState = 'present' | 'missing' | 'damaged';

export interface SignalOption {
  readonly signal?: AbortSignal;
}

export interface VerifyOptions extends SignalOption {
  /** Told the size of each file whose bytes were read. */
  readonly read?: (bytes: number) => void;
}

/** Immutable files and folders, addressed by what they contain. Safe in several processes at once. */
export interface ArtifactStore {
  /**
   * Takes a file or folder into the store: afterwards it is no longer at `path`. Bytes are hashed and made durable
   * first and appear under their digest in one step; equal content is kept once.
   *
   * @throws TOW_STORE_ARTIFACT_REFUSED for links, special files, odd names and what is over the limits
   * @throws TOW_STORE_DISK_FULL
   */
  adopt(path: string, media: string, options?: SignalOption): Promise<ArtifactInfo>;
  /** Keeps bytes as a file artifact. */
  put(content: string | Uint8Array | AsyncIterable<Uint8Array>, media: string): Promise<ArtifactInfo>;
  /**
   * Read-only local path of an artifact, every byte of it verified. Verified again only when something about its
   * files (inode, size, times) has changed since this process last did. One that does not verify is set aside, never
   * deleted, so that the next run makes it anew; until then it is told as damaged.
   *
   * @throws TOW_STORE_ARTIFACT_MISSING | TOW_STORE_ARTIFACT_TAMPERED naming the file | TOW_STORE_ARTIFACT_NEWER
   */
  open(digest: Digest, options?: SignalOption): Promise<string>;
  /** Reads every byte, whatever was read before, and remembers nothing: for going through the whole store. */
  verify(digest: Digest, options?: VerifyOptions): Promise<ArtifactInfo>;
  /**
   * Looks at names, sizes and times only: cheap enough for every cache hit, whatever the size. Where nothing but a time
   * differs, as after copying, it reads the bytes once and puts the time back. Bytes that changed behind an unchanged
   * size and time are found by `open`.
   *
   * @throws TOW_STORE_ARTIFACT_NEWER
   */
  check(digest: Digest): Promise<ArtifactState>;
  /** Whether `check` finds it present. */
  has(digest: Digest): Promise<boolean>;
  stat(digest: Digest): Promise<ArtifactInfo | undefined>;
  /** Those whose labels can be read. */
  list(): AsyncIterable<ArtifactInfo>;
  /** Every artifact that has a place in the store, whatever its state, in order. */
  digests(): AsyncIterable<Digest>;
}

/** Bounds on one artifact; what is over them is refused, never cut. */
export interface ArtifactLimits {
  readonly bytes: number;
  readonly files: number;
  readonly depth: number;
  /** Characters in a path inside a folder. */
  readonly path: number;
}

export const defaultLimits: ArtifactLimits = { bytes: 2 ** 40, files: 200_000, depth: 32, path: 1024 };
