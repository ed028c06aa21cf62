import { errorCodes, type Codes } from '../core/errors/entry.ts';

export const qaErrors = errorCodes({
  TOW_SERVE_QA_QUESTION_EMPTY: { kind: 'user', http: 400 },
  TOW_SERVE_QA_QUESTION_LONG: { kind: 'user', http: 413 },
  TOW_SERVE_QA_RETRIEVAL_FAILED: { kind: 'fault', http: 503 },
  TOW_SERVE_QA_GLOSSARY_BROKEN: { kind: 'user' },
});

declare module '../core/errors/code.ts' {
  interface ErrorCodes extends Codes<typeof qaErrors> {}
}
