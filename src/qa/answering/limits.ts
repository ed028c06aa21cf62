/** Milliseconds that each outside part may take within the request's own deadline. */
export interface Limits {
  readonly translation: number;
  readonly retrieval: number;
  readonly generation: number;
}

export const defaultLimits: Limits = { translation: 500, retrieval: 5000, generation: 8000 };
