/**
 * Who has to act. `user`: what was asked for or configured cannot be done as it stands. `gate`: a release did not
 * meet a rule. `environment`: the machine lacks something. `fault`: Towpath itself is wrong.
 */
export type ErrorKind = 'user' | 'gate' | 'environment' | 'fault';

export interface ErrorEntry {
  readonly kind: ErrorKind;
  /** HTTP status when the error reaches a client of the gateway. @default 500 for faults, 400 otherwise */
  readonly http?: number;
}

/** The process's exit status for each kind; documented in the handbook under "Exit codes". */
export const exitCodes = {
  ok: 0,
  fault: 1,
  user: 2,
  gate: 3,
  environment: 4,
  interrupted: 130,
} as const satisfies Record<ErrorKind | 'ok' | 'interrupted', number>;

/** Keeps the literal keys of a table of codes while checking its entries. */
export function errorCodes<const T extends Record<`TOW_${string}`, ErrorEntry>>(table: T): T {
  return table;
}

export type Codes<T extends Readonly<Record<string, ErrorEntry>>> = {
  readonly [Code in keyof T]: ErrorEntry;
};
