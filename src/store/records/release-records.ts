import type { Digest } from '../../core/digest.ts';

export interface ReleaseRecord {
  /** `r1`, `r2`, …: given once, never again. */
  readonly name: string;
  /** Artifact that holds the manifest; one manifest is one release. */
  readonly manifest: Digest;
  readonly run?: string;
  readonly createdAt: number;
  readonly createdBy: string;
  /** When it was damaged for good and someone said so: never live again. Milliseconds since the epoch. */
  readonly givenUp?: { readonly at: number; readonly by: string };
}

export type PromotionAction = 'promote' | 'rollback';

export interface NewPromotion {
  readonly release: string;
  readonly action: PromotionAction;
  readonly actor: string;
  readonly reason: string;
}

/** A row of the ledger. `hash` is the digest of the row with `prev`, the hash of the row before it. */
export interface PromotionRecord extends NewPromotion {
  readonly seq: number;
  readonly at: number;
  readonly prev: string;
  readonly hash: string;
}

/** Releases and the append-only record of which was live when. The last promotion names the live one. */
export interface ReleaseRecords {
  /** Records a release; the same manifest again gives the release it already has, unchanged. */
  create(release: {
    manifest: Digest;
    run?: string;
    createdBy: string;
  }): Promise<ReleaseRecord & { created: boolean }>;
  /** @throws TOW_STORE_RELEASE_UNKNOWN naming the newest ones */
  get(name: string): Promise<ReleaseRecord>;
  byManifest(manifest: Digest): Promise<ReleaseRecord | undefined>;
  /** Newest first. */
  list(limit?: number): Promise<ReleaseRecord[]>;
  /** Makes a release the live one and records who did it and why. */
  promote(promotion: NewPromotion): Promise<PromotionRecord>;
  live(): Promise<ReleaseRecord | undefined>;
  /** Oldest first. */
  promotions(): Promise<PromotionRecord[]>;
  /**
   * The live release as far as it can be relied on: by a ledger that is whole, and as it was kept beside the artifacts.
   *
   * @throws TOW_STORE_LEDGER_BROKEN | TOW_STORE_COPY_DAMAGED
   */
  trusted(): Promise<ReleaseRecord | undefined>;
  /** Marks a release as given up; one that is already stays as it is. */
  giveUp(name: string, by: string): Promise<ReleaseRecord>;
  /** Walks the chain. @throws TOW_STORE_LEDGER_BROKEN naming the first row that does not fit */
  verifyLedger(): Promise<void>;
  /** Names of releases that are not in the database as they were kept beside the artifacts. */
  changed(): Promise<readonly string[]>;
  /** The ledger and the releases. @throws TOW_STORE_LEDGER_BROKEN | TOW_STORE_COPY_DAMAGED naming what does not fit */
  verify(): Promise<void>;
}
