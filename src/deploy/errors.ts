import { errorCodes, type Codes } from '../core/errors/entry.ts';

export const deployErrors = errorCodes({
  TOW_DEPLOY_REPLICA_CRASHED: { kind: 'fault', http: 503 },
  TOW_DEPLOY_REPLICA_HUNG: { kind: 'fault', http: 503 },
  TOW_DEPLOY_REPLICA_NOT_READY: { kind: 'fault', http: 503 },
  TOW_DEPLOY_NO_REPLICA: { kind: 'environment', http: 503 },
  TOW_DEPLOY_NO_ROLLBACK_TARGET: { kind: 'user', http: 409 },
  TOW_DEPLOY_UNKNOWN_TARGET: { kind: 'user', http: 400 },
});

declare module '../core/errors/code.ts' {
  interface ErrorCodes extends Codes<typeof deployErrors> {}
}
