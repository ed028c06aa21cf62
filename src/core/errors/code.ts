import type { coreErrors } from './core-errors.ts';
import type { Codes } from './entry.ts';

/**
 * Every code that can be reported: each part of the program adds its own where it declares them.
 *
 * @public
 */
export interface ErrorCodes extends Codes<typeof coreErrors> {}

export type ErrorCode = keyof ErrorCodes;
