import { errorCodes, type Codes } from '../core/errors/entry.ts';

export const storeErrors = errorCodes({
  TOW_STORE_DATABASE_CORRUPT: { kind: 'environment' },
  TOW_STORE_RECORDS_LOST: { kind: 'environment' },
  TOW_STORE_DATABASE_NEWER: { kind: 'user' },
  TOW_STORE_DATABASE_BUSY: { kind: 'environment', http: 503 },
  TOW_STORE_DATABASE_FAILED: { kind: 'fault' },
  TOW_STORE_DISK_FULL: { kind: 'environment', http: 507 },
  TOW_STORE_NOT_WRITABLE: { kind: 'environment' },
  TOW_STORE_NOT_A_FOLDER: { kind: 'user' },
  TOW_STORE_ARTIFACT_MISSING: { kind: 'environment' },
  TOW_STORE_ARTIFACT_TAMPERED: { kind: 'environment' },
  TOW_STORE_ARTIFACT_NEWER: { kind: 'user' },
  TOW_STORE_ARTIFACT_REFUSED: { kind: 'fault' },
  TOW_STORE_LEDGER_BROKEN: { kind: 'environment' },
  TOW_STORE_COPY_DAMAGED: { kind: 'environment' },
  TOW_STORE_BACKUP_REFUSED: { kind: 'user' },
  TOW_STORE_RELEASE_UNKNOWN: { kind: 'user', http: 404 },
});

declare module '../core/errors/code.ts' {
  interface ErrorCodes extends Codes<typeof storeErrors> {}
}
