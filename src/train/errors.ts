import { errorCodes, type Codes } from '../core/errors/entry.ts';

export const trainErrors = errorCodes({
  TOW_TRAIN_FAILED: { kind: 'fault' },
  TOW_TRAIN_NO_TORCH: { kind: 'environment' },
  TOW_TRAIN_JOB_UNREADABLE: { kind: 'fault' },
  TOW_TRAIN_JOB_UNFIT: { kind: 'user' },
  TOW_TRAIN_NO_DATA: { kind: 'user' },
  TOW_TRAIN_EXAMPLES_BROKEN: { kind: 'user' },
  TOW_TRAIN_LEAK: { kind: 'user' },
  TOW_TRAIN_VOCABULARY: { kind: 'user' },
  TOW_TRAIN_SHARD_CORRUPT: { kind: 'environment' },
  TOW_TRAIN_CHECKPOINT_FOREIGN: { kind: 'user' },
  TOW_TRAIN_DISK_FULL: { kind: 'environment' },
  TOW_TRAIN_DIVERGED: { kind: 'user' },
  TOW_TRAIN_OUT_OF_MEMORY: { kind: 'environment' },
  TOW_TRAIN_NO_CUDA: { kind: 'environment' },
  TOW_TRAIN_WORKER_LOST: { kind: 'environment' },
  TOW_TRAIN_EXPORT_UNFIT: { kind: 'user' },
  TOW_TRAIN_EXPORT_DISAGREES: { kind: 'fault' },
  TOW_TRAIN_SEARCH_EMPTY: { kind: 'user' },
  TOW_TRAIN_WORK_BUSY: { kind: 'user' },
  TOW_TRAIN_SOURCES_FAILED: { kind: 'environment' },
  TOW_TRAIN_SOURCE_UNREACHABLE: { kind: 'environment' },
  TOW_TRAIN_SOURCE_NOT_FOUND: { kind: 'user' },
  TOW_TRAIN_SOURCE_DENIED: { kind: 'user' },
  TOW_TRAIN_WEIGHTS_MISMATCH: { kind: 'user' },
  TOW_TRAIN_WEIGHTS_TRUNCATED: { kind: 'user' },
  TOW_TRAIN_WEIGHTS_FORMAT: { kind: 'user' },
  TOW_TRAIN_PICKLE_REFUSED: { kind: 'user' },
  TOW_TRAIN_MODEL_UNFIT: { kind: 'user' },
  TOW_TRAIN_PYTHON_MISSING: { kind: 'environment' },
  TOW_TRAIN_PYTHON_SETUP: { kind: 'environment' },
  TOW_TRAIN_PYTHON_UNREACHABLE: { kind: 'environment' },
  TOW_TRAIN_PYTHON_DISK_FULL: { kind: 'environment' },
});

declare module '../core/errors/code.ts' {
  interface ErrorCodes extends Codes<typeof trainErrors> {}
}
