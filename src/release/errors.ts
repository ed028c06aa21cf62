import { errorCodes, type Codes } from '../core/errors/entry.ts';

export const releaseErrors = errorCodes({
  TOW_RELEASE_MANIFEST_INVALID: { kind: 'fault' },
  TOW_RELEASE_NOT_WHOLE: { kind: 'environment' },
  TOW_RELEASE_NOT_GIVEN_UP: { kind: 'user' },
  TOW_RELEASE_INCOHERENT: { kind: 'fault' },
  TOW_RELEASE_GATES_NOT_PASSED: { kind: 'gate' },
});

declare module '../core/errors/code.ts' {
  interface ErrorCodes extends Codes<typeof releaseErrors> {}
}
