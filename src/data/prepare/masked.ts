import type { MaskKind } from './mask/kinds.ts';

/** Name of the file of masked places inside a dataset; one made by an earlier version has none. */
export const maskedFile = 'masked.jsonl';

/** A line of `masked.jsonl`: where something was masked, never what. */
export interface MaskedRecord {
  /** As of a reject. */
  readonly source: string;
  /** From 1: of the file, or the first line of a table's row. */
  readonly line?: number;
  readonly title?: boolean;
  readonly kind: MaskKind;
}
