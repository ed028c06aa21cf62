import type { Digest } from '../core/digest.ts';
import type { ReleaseManifest } from '../contract/release-manifest.ts';

export type PartName = 'dataset' | 'index' | 'generator' | 'adapter' | 'embedder' | 'report' | 'answers';

/** One part of a release as `release show` lists it. */
interface ReleasePart {
  readonly part: PartName;
  readonly digest: Digest;
  /** Undefined when the store has it no more. */
  readonly bytes?: number;
  readonly files?: number;
  /** What it is, in a few words: a model's name and licence. */
  readonly about?: string;
}

export interface ReleaseExplanation {
  readonly project: string;
  readonly parts: readonly ReleasePart[];
  /** Sum over the parts that are there. */
  readonly bytes: number;
  /** Parts that the store has no more; without them the release cannot be served or explained. */
  readonly missing: readonly PartName[];
  readonly serving: ReleaseManifest['serving'];
  readonly prompts: ReleaseManifest['prompts'];
  readonly code: Digest;
}

/** How large an artifact is; an artifact store's `stat` will do. */
export type SizeOf = (
  digest: Digest,
) => Promise<{ readonly bytes: number; readonly files?: number } | undefined>;

type NamedPart = Pick<ReleasePart, 'part' | 'digest' | 'about'>;

/** The artifacts that a release is made of. */
export function partsOf(manifest: ReleaseManifest): readonly NamedPart[] {
  const { generator, adapter, embedder } = manifest.models;
  return [
    { part: 'dataset', digest: manifest.dataset },
    { part: 'index', digest: manifest.index },
    ...(generator
      ? [{ part: 'generator' as const, digest: generator.artifact, about: aboutModel(generator) }]
      : []),
    ...(adapter ? [{ part: 'adapter' as const, digest: adapter.artifact, about: adapter.name }] : []),
    ...(embedder
      ? [{ part: 'embedder' as const, digest: embedder.artifact, about: aboutModel(embedder) }]
      : []),
    { part: 'report', digest: manifest.report },
    { part: 'answers', digest: manifest.answers },
  ];
}

/** Explains a manifest: each part with its size, and what lacks. */
export async function explainRelease(manifest: ReleaseManifest, sizeOf: SizeOf): Promise<ReleaseExplanation> {
  const parts = await Promise.all(
    partsOf(manifest).map(async (each): Promise<ReleasePart> => {
      const size = await sizeOf(each.digest);
      return {
        ...each,
        ...(size && { bytes: size.bytes }),
        ...(size?.files !== undefined && { files: size.files }),
      };
    }),
  );
  return {
    project: manifest.project,
    parts,
    bytes: parts.reduce((sum, part) => sum + (part.bytes ?? 0), 0),
    missing: parts.filter((part) => part.bytes === undefined).map(({ part }) => part),
    serving: manifest.serving,
    prompts: manifest.prompts,
    code: manifest.code,
  };
}

function aboutModel(model: {
  readonly name: string;
  readonly licence: string;
  readonly origin: string;
}): string {
  return `${model.name}, ${model.licence}, from ${model.origin}`;
}
