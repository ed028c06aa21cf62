import { errorCodes, type Codes } from '../core/errors/entry.ts';

export const evaluateErrors = errorCodes({
  TOW_EVALUATE_SUITE_UNREADABLE: { kind: 'user' },
  TOW_EVALUATE_SUITE_INVALID: { kind: 'user' },
  TOW_EVALUATE_SUITE_CHANGED: { kind: 'user' },
  TOW_EVALUATE_PASSAGE_UNKNOWN: { kind: 'user' },
  TOW_EVALUATE_ANSWERS_INVALID: { kind: 'fault' },
  TOW_EVALUATE_REPORT_INVALID: { kind: 'fault' },
  TOW_EVALUATE_CHOICE_UNMEASURED: { kind: 'user' },
  TOW_EVALUATE_GATE_FAILED: { kind: 'gate' },
});

declare module '../core/errors/code.ts' {
  interface ErrorCodes extends Codes<typeof evaluateErrors> {}
}
