import { errorCodes, type Codes } from '../core/errors/entry.ts';

export const replicaErrors = errorCodes({
  TOW_SERVE_REPLICA_UNAVAILABLE: { kind: 'fault', http: 503 },
  TOW_SERVE_REPLICA_UNAUTHORISED: { kind: 'fault', http: 401 },
});

declare module '../core/errors/code.ts' {
  interface ErrorCodes extends Codes<typeof replicaErrors> {}
}
