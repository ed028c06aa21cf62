import { errorCodes } from './entry.ts';

/** The codes of what is in `core/`. */
export const coreErrors = errorCodes({
  TOW_APP_INTERNAL: { kind: 'fault', http: 500 },
  TOW_PROJECT_UNTRUSTED: { kind: 'user' },
  TOW_PROJECT_FILE_REFUSED: { kind: 'user' },
});
