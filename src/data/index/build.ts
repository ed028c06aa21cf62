import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocumentRecord } from '../../contract/documents/document.ts';
import type { Digest } from '../../core/digest.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { indexFormat, type IndexManifest } from '../../contract/index-artifact.ts';
import type { Language } from '../../core/language.ts';
import { say } from '../../core/messages/message.ts';
import type { Passage } from '../../contract/passage.ts';
import type { ReportProgress } from '../../contract/progress.ts';
import { termsVersion } from '../../text/terms.ts';
import { cutDocument } from './cut.ts';
import { contentDigest } from './content-digest.ts';
import type { PassageSettings } from './section.ts';
import { writePassageTable } from './table.ts';

/** Makes vectors of passages; `weights` is the SHA-256 of the model. */
export interface PassageEmbedder {
  readonly weights: Digest;
  /** Only passages in these get vectors. @default all languages */
  readonly languages?: readonly Language[];
  embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>;
}

export interface BuildOptions {
  readonly settings: PassageSettings;
  readonly embedder?: PassageEmbedder;
  readonly signal: AbortSignal;
  readonly progress?: ReportProgress;
}

/** Builds an index folder (`lance/`, `index.json`) from documents. @throws TowpathError when there is no passage at all */
export async function buildIndex(
  folder: string,
  documents: AsyncIterable<DocumentRecord> | Iterable<DocumentRecord>,
  { settings, embedder, signal, progress }: BuildOptions,
): Promise<IndexManifest> {
  const passages: Passage[] = [];
  let count = 0;
  for await (const document of documents) {
    signal.throwIfAborted();
    // One at a time: a document may have more passages than a call takes arguments.
    for (const passage of cutDocument(document, settings)) passages.push(passage);
    count += 1;
    progress?.({ done: count, unit: 'documents', note: say('data.cutting') });
  }
  if (passages.length === 0) {
    throw new TowpathError('TOW_DATA_INDEX_EMPTY', say('data.no-passage', { documents: count }));
  }
  const vectors = embedder && (await embedAll(passages, embedder, signal, progress));
  await mkdir(folder, { recursive: true });
  progress?.({ done: 0, total: passages.length, unit: 'passages', note: say('data.table') });
  await writePassageTable(join(folder, 'lance'), passages, vectors);
  progress?.({
    done: passages.length,
    total: passages.length,
    unit: 'passages',
    note: say('data.table'),
  });
  const manifest = manifestOf(passages, count, embedder, vectors);
  await indexFormat.write(folder, manifest);
  return manifest;
}

async function embedAll(
  passages: readonly Passage[],
  embedder: PassageEmbedder,
  signal: AbortSignal,
  progress: ReportProgress | undefined,
): Promise<(Float32Array | undefined)[]> {
  const { languages } = embedder;
  const known = passages.flatMap(({ language }, at) =>
    languages === undefined || languages.includes(language) ? [at] : [],
  );
  const vectors = passages.map((): Float32Array | undefined => undefined);
  for (let from = 0; from < known.length; from += 16) {
    const part = known.slice(from, from + 16);
    const texts = part.map((at) => `${passages[at]?.heading ?? ''}\n${passages[at]?.text ?? ''}`);
    const made = await embedder.embed(texts, signal);
    for (const [n, at] of part.entries()) vectors[at] = made[n];
    const done = from + part.length;
    progress?.({ done, total: known.length, unit: 'passages', note: say('data.vectors') });
  }
  return vectors;
}

function manifestOf(
  passages: readonly Passage[],
  documents: number,
  embedder: PassageEmbedder | undefined,
  vectors: readonly (Float32Array | undefined)[] | undefined,
): IndexManifest {
  const languages: Partial<Record<Language, number>> = {};
  const dimensions = vectors?.find((vector) => vector !== undefined)?.length;
  for (const { language } of passages) languages[language] = (languages[language] ?? 0) + 1;
  return {
    documents,
    passages: passages.length,
    languages,
    terms: termsVersion,
    dense: dimensions !== undefined,
    ...(embedder &&
      dimensions !== undefined && {
        embedder: {
          weights: embedder.weights,
          dimensions,
          ...(embedder.languages && { languages: embedder.languages }),
        },
      }),
    content: contentDigest(passages),
  };
}
