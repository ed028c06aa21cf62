import type { CurvePoint } from '../../contract/curve.ts';

/** What steps measure while they run. */
export interface CurveRecords {
  /** Adds points to a step's curves; a point at a place that has one takes its place. */
  add(run: string, step: string, points: readonly CurvePoint[]): Promise<void>;
  /** In the order of their places; the last `limit` where one is given. */
  of(run: string, step: string, limit?: number): Promise<CurvePoint[]>;
}
