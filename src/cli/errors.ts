import { errorCodes, type Codes } from '../core/errors/entry.ts';

export const cliErrors = errorCodes({
  TOW_CLI_USAGE: { kind: 'user' },
  TOW_CLI_NO_SERVICE: { kind: 'user' },
  TOW_CLI_ASK_REFUSED: { kind: 'user' },
  TOW_CLI_ANSWER_BROKEN: { kind: 'fault' },
});

declare module '../core/errors/code.ts' {
  interface ErrorCodes extends Codes<typeof cliErrors> {}
}
