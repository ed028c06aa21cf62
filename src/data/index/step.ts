import { z } from 'zod';
import { defineStep, requiredInput } from '../../flow/step.ts';
import { languages } from '../../core/language.ts';
import { buildIndex } from './build.ts';
import { readDocuments } from '../../contract/documents/read-documents.ts';
import { openPassageEmbedder } from './embed.ts';
import { passageSettings } from './section.ts';
import type { DocumentRecord } from '../../contract/documents/document.ts';
import { tellLarge } from '../../duckdb/memory.ts';

const params = z.strictObject({
  passage: passageSettings,
  /** Languages that the embedder knows: only their passages get vectors. @default all */
  embedded: z.array(z.enum(languages)).optional(),
});

/** `data.index`: cuts a dataset into passages and builds the search over them; with an embedder also by meaning. */
export const indexStep = defineStep({
  name: 'data.index',
  module: import.meta.url,
  exportName: 'indexStep',
  params,
  inputs: ['dataset'],
  optionalInputs: ['embedder'],
  outputs: ['index'],
  memory: 4096,
  async run({ params: { passage, embedded }, inputs, outputs, cores, signal, progress, log }) {
    const dataset = requiredInput(inputs, 'dataset').path;
    const model = inputs['embedder']?.path;
    const embedder = model === undefined ? undefined : await openPassageEmbedder(model, { threads: cores });
    try {
      const manifest = await buildIndex(outputs['index'] ?? '', told(readDocuments(dataset), log), {
        settings: passage,
        ...(embedder && { embedder: { ...embedder, ...(embedded && { languages: embedded }) } }),
        signal,
        progress,
      });
      log(
        `${String(manifest.passages)} passages from ${String(manifest.documents)} documents, content ${manifest.content}`,
      );
      const { documents, passages, dense, content } = manifest;
      return { documents, passages, languages: manifest.languages, dense, content };
    } finally {
      await embedder?.close();
    }
  },
});

async function* told(
  documents: AsyncIterable<DocumentRecord>,
  log: (line: string) => void,
): AsyncGenerator<DocumentRecord> {
  for await (const document of documents) {
    tellLarge(log, document.source, document.text.length);
    yield document;
  }
}
