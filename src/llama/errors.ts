import { errorCodes, type Codes } from '../core/errors/entry.ts';

export const llamaErrors = errorCodes({
  TOW_SERVE_REPLICA_NATIVE_MISSING: { kind: 'environment', http: 500 },
  TOW_SERVE_REPLICA_MODEL_UNREADABLE: { kind: 'user', http: 500 },
  TOW_SERVE_REPLICA_PROMPT_TOO_LONG: { kind: 'user', http: 400 },
  TOW_SERVE_REPLICA_BAD_REQUEST: { kind: 'user', http: 400 },
  TOW_SERVE_REPLICA_BUSY: { kind: 'environment', http: 429 },
});

declare module '../core/errors/code.ts' {
  interface ErrorCodes extends Codes<typeof llamaErrors> {}
}
