import type { DatasetCard } from '../../contract/dataset-card.ts';
import type { EvaluationReport } from '../../contract/evaluation-report.ts';
import type { ModelRecord } from '../../contract/model-artifact.ts';
import type { Digest } from '../../core/digest.ts';
import type { JobHistory } from '../curves/history.ts';
import type { TrainingSummary } from '../fit/summary.ts';
import type { TrainerJob } from '../jobs/schema.ts';
import { trialCounts, type SearchTrials } from '../search/trials.ts';
import type { TokensManifest } from '../tokens/manifest.ts';

type BaseFacts = Pick<ModelRecord, 'name' | 'licence' | 'origin' | 'sha256'>;
type DatasetFacts = Pick<DatasetCard, 'documents' | 'languages' | 'splits'>;
export type EvaluationFacts = Pick<EvaluationReport, 'verdict' | 'suites'> & {
  readonly metrics: readonly Pick<
    EvaluationReport['metrics'][number],
    'name' | 'language' | 'unit' | 'figure' | 'low' | 'high' | 'questions'
  >[];
};

/** Everything that a model card says: `card.json` holds it as it is, `card.md` for people. */
export interface ModelCard {
  readonly schema: 1;
  readonly name: string;
  /** What the result is: an adapter is of no use without its base. */
  readonly kind: 'adapter' | 'model';
  /** Null for a model from scratch. */
  readonly base: BaseFacts | null;
  readonly data: {
    readonly tokens: TokensManifest & { readonly artifact: Digest | null; readonly manifest_sha256: Digest };
    readonly dataset: (DatasetFacts & { readonly artifact: Digest | null }) | null;
  };
  readonly job: TrainerJob;
  /** Digest over the trainer's code and the versions that it runs with. */
  readonly trainer: string;
  readonly training: TrainingSummary;
  readonly losses: {
    /** Mean training loss of the last twentieth of the steps. */
    readonly final_training: number | null;
    readonly first_training: number | null;
    readonly first_validation: number | null;
    readonly last_validation: number | null;
    readonly best_validation: number | null;
  };
  /** How the settings were found, if they were searched. */
  readonly search: {
    readonly trials: number;
    readonly pruned: number;
    readonly failed: number;
    readonly best: number;
    readonly ranges: SearchTrials['ranges'];
  } | null;
  /** Of the service that answers with it. */
  readonly evaluation: EvaluationFacts | null;
}

/** The ends of a job's curves. */
export function lossesOf({ curves, summary, finalLoss }: JobHistory): ModelCard['losses'] {
  const { loss, validation_loss: validation } = curves;
  return {
    final_training: finalLoss,
    first_training: loss.points[0]?.[1] ?? null,
    first_validation: validation.points[0]?.[1] ?? null,
    last_validation: validation.points.at(-1)?.[1] ?? null,
    best_validation: summary.best?.validation_loss ?? null,
  };
}

/** What of a search is worth saying on a card. */
export function searchOf(search: SearchTrials): ModelCard['search'] {
  return { ...trialCounts(search), best: search.best, ranges: search.ranges };
}
