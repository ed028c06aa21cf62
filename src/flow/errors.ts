import { errorCodes, type Codes } from '../core/errors/entry.ts';

export const flowErrors = errorCodes({
  TOW_FLOW_PLAN_INVALID: { kind: 'fault' },
  TOW_FLOW_CODE_UNREADABLE: { kind: 'fault' },
  TOW_FLOW_STEP_FAILED: { kind: 'fault' },
  TOW_FLOW_STEP_CRASHED: { kind: 'fault' },
  TOW_FLOW_STEP_KILLED: { kind: 'environment' },
  TOW_FLOW_STEP_MEMORY: { kind: 'environment' },
  TOW_FLOW_STEP_TIMEOUT: { kind: 'environment' },
  TOW_FLOW_STEP_OUTPUT_MISSING: { kind: 'fault' },
  TOW_FLOW_STEP_BUSY: { kind: 'environment' },
  TOW_FLOW_CLAIM_LOST: { kind: 'environment' },
  TOW_FLOW_RUN_ALIVE: { kind: 'user' },
  TOW_FLOW_STEP_UNSTARTABLE: { kind: 'environment' },
  TOW_FLOW_CANCELLED: { kind: 'user' },
  TOW_FLOW_RUN_UNKNOWN: { kind: 'user', http: 404 },
  TOW_FLOW_STEP_UNKNOWN: { kind: 'user', http: 404 },
  TOW_FLOW_DIGEST_UNKNOWN: { kind: 'user', http: 404 },
});

declare module '../core/errors/code.ts' {
  interface ErrorCodes extends Codes<typeof flowErrors> {}
}
