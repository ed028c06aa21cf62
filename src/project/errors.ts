import { errorCodes, type Codes } from '../core/errors/entry.ts';

export const projectErrors = errorCodes({
  TOW_PROJECT_INVALID: { kind: 'user' },
  TOW_PROJECT_SEVERAL: { kind: 'user' },
  TOW_PROJECT_NOT_FOUND: { kind: 'user' },
  TOW_PROJECT_UNREADABLE: { kind: 'user' },
  TOW_PROJECT_EXISTS: { kind: 'user' },
  TOW_PROJECT_NOT_WRITABLE: { kind: 'user' },
  TOW_PROJECT_SECRET_MISSING: { kind: 'user' },
  TOW_PROJECT_TRUST_FILE: { kind: 'user' },
  TOW_PROJECT_TRUST_ENTRY: { kind: 'user' },
});

declare module '../core/errors/code.ts' {
  interface ErrorCodes extends Codes<typeof projectErrors> {}
}
