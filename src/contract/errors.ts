import { errorCodes, type Codes } from '../core/errors/entry.ts';

export const contractErrors = errorCodes({
  TOW_CONTRACT_UNREADABLE: { kind: 'fault' },
});

declare module '../core/errors/code.ts' {
  interface ErrorCodes extends Codes<typeof contractErrors> {}
}
