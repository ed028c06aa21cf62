import type { Digest } from '../core/digest.ts';
import type { ExternalFile } from '../flow/plan.ts';
import type { StageContext, StagePlan, StepOutput } from '../flow/stage.ts';
import type { DataConfig } from './data-section.ts';
import type { Intake } from './ingest/intake.ts';
import { listSources } from './ingest/list-sources.ts';
import type { SourceConfig } from './ingest/source-config.ts';
import { prepareParamsOf } from './prepare/params.ts';
import { step as prepareStep } from './prepare/step.ts';

interface Values {
  readonly sources: readonly SourceConfig[];
  readonly data: DataConfig;
}

/** @throws TOW_DATA_NO_FILES, and what the opener of files does */
export function planData(context: StageContext<Values>, intake: Intake): StagePlan {
  return { gives: { dataset: () => planDataset(context, intake) } };
}

async function planDataset(
  { dir, trust, values, signal, add }: StageContext<Values>,
  intake: Intake,
): Promise<StepOutput> {
  const { sources, data } = values;
  const params = await listSources(dir, sources, {
    maxFileSize: data.max_file_size,
    formats: intake.formats,
    ...{ signal, trust },
  });
  const ingest = add({
    ...{ name: 'ingest', kind: await intake.step(), params },
    external: params.files
      .filter(({ digest }) => digest !== '')
      .map(({ path, digest }): ExternalFile => ({ name: path, label: path, digest: digest as Digest })),
  });
  const prepare = add({
    ...{ name: 'prepare', kind: prepareStep, params: prepareParamsOf(data) },
    inputs: { documents: ingest('documents') },
  });
  return prepare('dataset');
}
