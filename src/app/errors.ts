import { errorCodes, type Codes } from '../core/errors/entry.ts';

export const appErrors = errorCodes({
  TOW_APP_ALREADY_RUNNING: { kind: 'user', http: 409 },
  TOW_APP_NO_RELEASE: { kind: 'user', http: 409 },
  TOW_APP_NO_PAGE: { kind: 'user', http: 404 },
  TOW_APP_NAME_UNKNOWN: { kind: 'user', http: 404 },
});

declare module '../core/errors/code.ts' {
  interface ErrorCodes extends Codes<typeof appErrors> {}
}
