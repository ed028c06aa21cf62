import { adapterFormat } from '../../contract/adapter-artifact.ts';
import { answersMetaFormat } from '../../contract/answers-artifact.ts';
import { reportFormat } from '../../contract/evaluation-report.ts';
import { modelFormat } from '../../contract/model-artifact.ts';
import type { AdapterReference, ModelReference } from '../../contract/release-manifest.ts';
import { shortDigest, type Digest } from '../../core/digest.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import type { StepInput } from '../../flow/step.ts';

/** The manifest's entry for a model artifact. */
export async function modelReference({ digest: artifact, path }: StepInput): Promise<ModelReference> {
  const { sha256, name, licence, origin } = await modelFormat.read(path);
  return { artifact, weights: sha256, name, licence, origin };
}

/**
 * The manifest's entry for an adapter artifact; undefined for one that stands for no adapter.
 *
 * @throws TowpathError TOW_RELEASE_INCOHERENT when it was trained on other weights than the generator's
 */
export async function adapterReference(
  { digest: artifact, path }: StepInput,
  generator: ModelReference | undefined,
): Promise<AdapterReference | undefined> {
  const record = await adapterFormat.read(path);
  if ('none' in record) return undefined;
  if (record.base !== generator?.weights) {
    const held = generator === undefined ? say('release.no-weights') : shortDigest(generator.weights);
    throw new TowpathError(
      'TOW_RELEASE_INCOHERENT',
      say('release.other-weights', { name: record.name, weights: record.base.slice(0, 12), held }),
    );
  }
  return { artifact, weights: record.sha256, name: record.name };
}

/** @throws TowpathError TOW_RELEASE_GATES_NOT_PASSED unless the report passed */
export async function assertReportPassed(folder: string): Promise<void> {
  const report = await reportFormat.read(folder);
  if (report.verdict === 'passed') return;
  const gates = report.gates.filter((gate) => !gate.passed).map((gate) => gate.metric);
  throw new TowpathError('TOW_RELEASE_GATES_NOT_PASSED', say('release.gates-failed', { gates }));
}

/** @throws TowpathError TOW_RELEASE_INCOHERENT when the answers say that another index gave them */
export async function assertAnswersFrom(index: Digest, folder: string): Promise<void> {
  const meta = await answersMetaFormat.read(folder);
  if (meta.index === undefined || meta.index === index) return;
  throw new TowpathError(
    'TOW_RELEASE_INCOHERENT',
    say('release.other-index', { index: meta.index.slice(0, 12), held: index.slice(0, 12) }),
  );
}
