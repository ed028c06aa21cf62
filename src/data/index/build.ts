import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocumentRecord } from '../../core/document.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import type { Passage } from '../../core/passage.ts';
import type { ReportProgress } from '../../core/progress.ts';
import { termsVersion } from '../../core/text/terms.ts';
import { cutDocument } from './cut.ts';
import { contentDigest, type IndexManifest } from './manifest.ts';
import type { PassageSettings } from './section.ts';
import { writePassageTable } from './table.ts';

/** Makes vectors of passages; `weights` is the SHA-256 of the model. */
export interface PassageEmbedder {
  readonly weights: string;
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
    passages.push(...cutDocument(document, settings));
    count += 1;
    progress?.({ done: count, unit: 'documents', note: 'cutting documents into passages' });
  }
  if (passages.length === 0) {
    throw new TowpathError(
      'TOW_DATA_INDEX_EMPTY',
      `no passage in ${String(count)} documents: there is nothing to search`,
    );
  }
  const vectors = embedder && (await embedAll(passages, embedder, signal, progress));
  await mkdir(folder, { recursive: true });
  progress?.({ done: 0, total: passages.length, unit: 'passages', note: 'writing the search table' });
  await writePassageTable(join(folder, 'lance'), passages, vectors);
  progress?.({
    done: passages.length,
    total: passages.length,
    unit: 'passages',
    note: 'writing the search table',
  });
  const manifest = manifestOf(passages, count, embedder, vectors);
  await writeFile(join(folder, 'index.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

async function embedAll(
  passages: readonly Passage[],
  embedder: PassageEmbedder,
  signal: AbortSignal,
  progress: ReportProgress | undefined,
): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (let at = 0; at < passages.length; at += 16) {
    const texts = passages.slice(at, at + 16).map(({ heading, text }) => `${heading}\n${text}`);
    vectors.push(...(await embedder.embed(texts, signal)));
    progress?.({ done: vectors.length, total: passages.length, unit: 'passages', note: 'making vectors' });
  }
  return vectors;
}

function manifestOf(
  passages: readonly Passage[],
  documents: number,
  embedder: PassageEmbedder | undefined,
  vectors: readonly Float32Array[] | undefined,
): IndexManifest {
  const languages: Record<string, number> = {};
  for (const { language } of passages) languages[language] = (languages[language] ?? 0) + 1;
  return {
    schema: 1,
    documents,
    passages: passages.length,
    languages,
    terms: termsVersion,
    dense: embedder !== undefined,
    ...(embedder && { embedder: { weights: embedder.weights, dimensions: vectors?.[0]?.length ?? 0 } }),
    content: contentDigest(passages),
  };
}
