import { connect, Index, makeArrowTable } from '@lancedb/lancedb';
import { Field, FixedSizeList, Float32, Int32, Schema, Utf8 } from 'apache-arrow';
import type { Passage } from '../../core/passage.ts';
import { terms } from '../../core/text/terms.ts';

/** A row of the table: a passage, what the word search sees of it, and its vector when the index is dense. */
interface PassageRow extends Passage {
  readonly words: string;
  readonly vector?: number[];
}

/** What the word search sees of a passage: the terms of its heading and its text. */
export function searchWords(passage: Pick<Passage, 'heading' | 'text'>): string {
  return terms(`${passage.heading}\n${passage.text}`).join(' ');
}

/**
 * Writes the `passages` table with its word index into `folder`, as one version without leftovers.
 * The bytes differ from one writing to the next (Lance names its files by random ids and stamps them with the time);
 * the rows, and so every result of a search, do not.
 */
export async function writePassageTable(
  folder: string,
  passages: readonly Passage[],
  vectors?: readonly Float32Array[],
): Promise<void> {
  const rows: PassageRow[] = passages.map((passage, at) => {
    const vector = vectors?.[at];
    return { ...passage, words: searchWords(passage), ...(vector && { vector: Array.from(vector) }) };
  });
  const schema = passageSchema(vectors?.[0]?.length);
  const connection = await connect(folder);
  try {
    const data = makeArrowTable(rows as unknown as Record<string, unknown>[], { schema });
    const table = await connection.createTable('passages', data);
    try {
      await table.createIndex('words', {
        config: Index.fts({
          baseTokenizer: 'whitespace',
          withPosition: false,
          lowercase: false,
          stem: false,
          removeStopWords: false,
          asciiFolding: false,
          maxTokenLength: longestTerm,
        }),
      });
      await table.optimize({ cleanupOlderThan: new Date(Date.now() + 60_000), deleteUnverified: true });
    } finally {
      table.close();
    }
  } finally {
    connection.close();
  }
}

/** Longer terms - encoded data, mostly - are left out of the word index. */
const longestTerm = 80;

function passageSchema(dimensions: number | undefined): Schema {
  const text = (name: string): Field => new Field(name, new Utf8(), false);
  return new Schema([
    ...['id', 'document', 'source', 'heading', 'text', 'language'].map(text),
    new Field('ordinal', new Int32(), false),
    text('words'),
    ...(dimensions === undefined
      ? []
      : [new Field('vector', new FixedSizeList(dimensions, new Field('item', new Float32(), true)), false)]),
  ]);
}
