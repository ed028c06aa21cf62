import '../../core/lance-threads.ts';
import { connect, Index, makeArrowTable } from '@lancedb/lancedb';
import { Field, FixedSizeList, Float32, Int32, Schema, Utf8 } from 'apache-arrow';
import { wordsColumn } from '../../contract/index-artifact.ts';
import type { Language } from '../../core/language.ts';
import type { Passage } from '../../contract/passage.ts';
import { terms } from '../../text/terms.ts';

/** Where LanceDB sets the share of BM25's length normalisation (its `b`), and where it should be. */
const fixedShare = 0.75;
/**
 * Sections are as long as their subject needs: a short one is not the better answer, as `b` at .75 has it. At .4, usual
 * for passages, the handbook's English questions have an MRR of .744 instead of .695, its Chinese ones .908 instead of
 * .897, and XQuAD's .963 and .960 instead of .962 and .960 (`bench/retrieval`).
 */
const lengthShare = 0.4;
/** Lengthens passages; no question has it, for it is no word. */
const filler = '·';

/** What the word search sees of a passage: the terms of its heading and its text. */
function searchTerms({ heading, text }: Passage): string[] {
  return terms(`${heading}\n${text}`);
}

/**
 * Writes the `passages` table with a word index for each language into `folder`, as one version without leftovers.
 * A passage without a vector is found by words alone.
 *
 * The bytes differ from one writing to the next (Lance names its files by random ids and stamps them with the time);
 * the rows, and so every result of a search, do not.
 */
export async function writePassageTable(
  folder: string,
  passages: readonly Passage[],
  vectors?: readonly (Float32Array | undefined)[],
): Promise<void> {
  const words = wordsByPassage(passages);
  const columns = [...new Set(passages.map(({ language }) => wordsColumn(language)))].sort();
  const dimensions = vectors?.find((vector) => vector !== undefined)?.length;
  const rows = passages.map((passage, at) => ({
    ...passage,
    ...Object.fromEntries(columns.map((column) => [column, null])),
    [wordsColumn(passage.language)]: words[at],
    ...(dimensions !== undefined && { vector: vectors?.[at] ? Array.from(vectors[at]) : null }),
  }));
  const schema = passageSchema(columns, dimensions);
  const connection = await connect(folder);
  try {
    const data = makeArrowTable(rows, { schema });
    const table = await connection.createTable('passages', data);
    try {
      for (const column of columns) await table.createIndex(column, { config: wordIndex() });
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

function wordIndex(): Index {
  return Index.fts({
    baseTokenizer: 'whitespace',
    withPosition: false,
    lowercase: false,
    stem: false,
    removeStopWords: false,
    asciiFolding: false,
    maxTokenLength: longestTerm,
  });
}

/**
 * The terms of each passage, and as many fillers to all passages of a language: adding to every length what the average
 * length is times `fixedShare / lengthShare - 1` gives the scores that a `b` of `lengthShare` would.
 */
function wordsByPassage(passages: readonly Passage[]): string[] {
  const found = passages.map((passage) => ({ language: passage.language, terms: searchTerms(passage) }));
  const fillers = new Map<Language, string>();
  for (const language of new Set(found.map((passage) => passage.language))) {
    const lengths = found.flatMap((each) => (each.language === language ? [each.terms.length] : []));
    const average = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    const count = Math.round(average * (fixedShare / lengthShare - 1));
    fillers.set(language, ` ${filler}`.repeat(count));
  }
  return found.map(({ language, terms: own }) => `${own.join(' ')}${fillers.get(language) ?? ''}`);
}

function passageSchema(wordColumns: readonly string[], dimensions: number | undefined): Schema {
  const text = (name: string): Field => new Field(name, new Utf8(), false);
  return new Schema([
    ...['id', 'document', 'source', 'heading', 'text', 'language'].map(text),
    new Field('ordinal', new Int32(), false),
    ...wordColumns.map((name) => new Field(name, new Utf8(), true)),
    ...(dimensions === undefined
      ? []
      : [new Field('vector', new FixedSizeList(dimensions, new Field('item', new Float32(), true)), true)]),
  ]);
}
