import { errorCodes, type Codes } from '../core/errors/entry.ts';

export const dataErrors = errorCodes({
  TOW_DATA_SOURCE_CHANGED: { kind: 'user' },
  TOW_DATA_SOURCE_EMPTY: { kind: 'user' },
  TOW_DATA_NO_FILES: { kind: 'user' },
  TOW_DATA_FILE_EMPTY: { kind: 'user' },
  TOW_DATA_FILE_MISSING: { kind: 'user' },
  TOW_DATA_FILE_NAME: { kind: 'user' },
  TOW_DATA_FILE_OUTSIDE: { kind: 'user' },
  TOW_DATA_FILE_SPECIAL: { kind: 'user' },
  TOW_DATA_FILE_UNREADABLE: { kind: 'user' },
  TOW_DATA_FILE_BINARY: { kind: 'user' },
  TOW_DATA_FORMAT_UNKNOWN: { kind: 'user' },
  TOW_DATA_TOO_LARGE: { kind: 'user' },
  TOW_DATA_MEMORY: { kind: 'environment' },
  TOW_DATA_ENCODING_INVALID: { kind: 'user' },
  TOW_DATA_ENCODING_UNKNOWN: { kind: 'user' },
  TOW_DATA_ENCODING_CONTRADICTED: { kind: 'user' },
  TOW_DATA_READER_FAILED: { kind: 'user' },
  TOW_DATA_NO_TEXT: { kind: 'user' },
  TOW_DATA_CSV_QUOTING: { kind: 'user' },
  TOW_DATA_CSV_COLUMNS: { kind: 'user' },
  TOW_DATA_COLUMN_MISSING: { kind: 'user' },
  TOW_DATA_JSON_INVALID: { kind: 'user' },
  TOW_DATA_ROW_TEXT: { kind: 'user' },
  TOW_DATA_ROW_ID: { kind: 'user' },
  TOW_DATA_PARQUET_INVALID: { kind: 'user' },
  TOW_DATA_TOO_SHORT: { kind: 'user' },
  TOW_DATA_LANGUAGE: { kind: 'user' },
  TOW_DATA_GARBLED: { kind: 'user' },
  TOW_DATA_DUPLICATE: { kind: 'user' },
  TOW_DATA_DATASET_UNREADABLE: { kind: 'fault' },
  TOW_DATA_INDEX_EMPTY: { kind: 'user' },
  TOW_DATA_INDEX_UNREADABLE: { kind: 'fault', http: 503 },
});

declare module '../core/errors/code.ts' {
  interface ErrorCodes extends Codes<typeof dataErrors> {}
}
