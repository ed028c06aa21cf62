import type { Digest } from '../../core/digest.ts';
import type { Message, Text } from '../../core/messages/message.ts';
import type { ReleaseManifest } from '../../contract/release-manifest.ts';

/** An artifact that a release holds. */
interface ReleasePartRecord {
  /** `dataset`, `generator`, `report`. */
  readonly part: string;
  readonly digest: Digest;
  /** Absent when the store has it no more. */
  readonly bytes?: number;
}

export type LineageDirection = 'backwards' | 'forwards' | 'both';

export interface LineageNode {
  /** Digest, or the name of a release. */
  readonly id: string;
  readonly kind: 'source' | 'artifact' | 'release';
  /** A source's path, an artifact's output name (`dataset`), a release's name. */
  readonly label: string;
  /** The step that made it, and in which run. */
  readonly step?: string;
  readonly run?: string;
}

export interface LineageRecord {
  /** `LineageNode.id` of what was asked for. */
  readonly subject: string;
  readonly nodes: readonly LineageNode[];
  /** `from` went into the making of `to`. */
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

export interface ReleaseRecord {
  /** `r3`. */
  readonly name: string;
  readonly digest: Digest;
  readonly live: boolean;
  readonly created: string;
  readonly by: string;
  readonly run: string;
  /** The figures its gates looked at, by metric name: `answer.f1 en`. */
  readonly figures: Readonly<Record<string, number>>;
  /** When and by whom it was given up; absent when it was not. */
  readonly givenUp?: { readonly at: string; readonly by: string };
  /** What of its manifest or report is damaged; absent when nothing is. */
  readonly damage?: string;
  readonly damageText?: Text;
}

/** What differs from the release made before; an absent side did not have it. */
export interface ReleaseChangeRecord {
  /** `index`, `generator`, `passages`, `answer.f1 en`. */
  readonly name: string;
  readonly from?: string;
  readonly to?: string;
  /** Of a metric: whether it got better. */
  readonly better?: boolean;
  /** Too small to tell from chance: no reason to call it better or worse. */
  readonly noise?: true;
  /** Of a metric: what `from` and `to` say, unrounded. */
  readonly figures?: {
    readonly unit: 'share' | 'ms';
    readonly from: number | null;
    readonly to: number | null;
  };
}

export interface ReleaseDetail extends ReleaseRecord {
  readonly manifest: ReleaseManifest;
  readonly parts: readonly ReleasePartRecord[];
  /** Against the release made before; absent for the first, and when that one is no longer in the store. */
  readonly changes?: { readonly since: string; readonly list: readonly ReleaseChangeRecord[] };
  readonly gates: readonly GateRecord[];
  /** When and by whom it was made live, oldest first. */
  readonly promotions: readonly {
    readonly at: string;
    readonly by: string;
    readonly why: string;
    readonly whyText: Text;
  }[];
}

export interface GateRecord {
  /** `retrieval.recall@5`. */
  readonly metric: string;
  readonly language?: string;
  /** `min 0.95`, `not worse than r2 by 0.02`. */
  readonly rule: string;
  readonly ruleText: Message;
  /** Null when no question could be measured. */
  readonly value: number | null;
  readonly passed: boolean;
}

export interface RollbackRecord {
  readonly from?: string;
  readonly to: string;
  /** Whether a running service has switched to it. */
  readonly swapped: boolean;
}
