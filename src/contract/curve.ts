/** One point of a step's curves: figures by name, measured at `step` of its own counting. */
export interface CurvePoint {
  readonly step: number;
  readonly [figure: string]: number | string | null;
}
