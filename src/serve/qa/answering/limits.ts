/** Milliseconds that each outside part may take within the request's own deadline. */
export interface Limits {
  readonly translation: number;
  readonly retrieval: number;
  readonly generation: number;
}

export const defaultLimits: Limits = { translation: 500, retrieval: 5000, generation: 8000 };

/** Aborts when the request does, or after `ms`. */
export function within(signal: AbortSignal, ms: number): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(ms)]);
}
