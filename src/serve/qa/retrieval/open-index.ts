import '../../../core/lance-threads.ts';
import { BooleanQuery, connect, MatchQuery, Occur, type Connection, type Table } from '@lancedb/lancedb';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TowpathError } from '../../../core/errors/towpath-error.ts';
import { indexSchema, wordsColumn, type IndexManifest } from '../../../core/index-artifact.ts';
import type { Language } from '../../../core/language.ts';
import type { Passage } from '../../../core/passage.ts';
import { detectLanguage } from '../../../core/text/language.ts';
import { terms, termsVersion } from '../../../core/text/terms.ts';
import { fuse } from './fuse.ts';
import type { Embedder, Retriever, ScoredPassage, SearchOptions } from './retriever.ts';
import { Slots } from './slots.ts';

/** Characters and different terms of a query that are looked at: what stands beyond them no question needs. */
const longestQuery = 4000;
const mostTerms = 64;
/** Passages taken from each list before they are fused. */
const fusionDepth = 30;

const columns = ['id', 'document', 'source', 'heading', 'text', 'language', 'ordinal'];

export interface OpenIndexOptions {
  /** Used when the index holds vectors; without it words alone decide. */
  readonly embedder?: Embedder;
  /** Searches at once; more wait. @default 4 */
  readonly concurrency?: number;
}

/**
 * Opens an index artifact: a folder with `lance/` and `index.json`.
 *
 * @throws TowpathError TOW_DATA_INDEX_UNREADABLE when it is damaged or made by another version
 */
export async function openIndex(folder: string, options: OpenIndexOptions = {}): Promise<Retriever> {
  const manifest = await readManifest(folder);
  let connection: Connection | undefined;
  try {
    connection = await connect(join(folder, 'lance'));
    const table = await connection.openTable('passages');
    return new LanceRetriever(connection, table, manifest, options);
  } catch (cause) {
    connection?.close();
    throw new TowpathError('TOW_DATA_INDEX_UNREADABLE', `the index in ${folder} cannot be opened`, { cause });
  }
}

/** What a search needs to know of `index.json`. */
interface Manifest {
  /** Languages that passages are in. */
  readonly languages: readonly Language[];
  readonly dense: boolean;
  /** Languages that have vectors. */
  readonly embedded: readonly Language[];
}

async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, 'index.json');
  let manifest: Partial<IndexManifest>;
  try {
    manifest = JSON.parse(await readFile(path, 'utf8')) as typeof manifest;
  } catch (cause) {
    throw new TowpathError('TOW_DATA_INDEX_UNREADABLE', `${path} cannot be read`, { cause });
  }
  if (manifest.terms !== termsVersion || manifest.schema !== indexSchema) {
    const made = `${JSON.stringify(manifest.terms)}, layout ${JSON.stringify(manifest.schema)}`;
    throw new TowpathError(
      'TOW_DATA_INDEX_UNREADABLE',
      `the index was made with word rules ${made}; this version uses "${termsVersion}", layout ${String(indexSchema)}`,
      { where: path },
    );
  }
  const languages = Object.keys(manifest.languages ?? {}) as Language[];
  return {
    languages,
    dense: manifest.dense === true,
    embedded: manifest.embedder?.languages ?? languages,
  };
}

class LanceRetriever implements Retriever {
  readonly #connection: Connection;
  readonly #table: Table;
  readonly #manifest: Manifest;
  readonly #embedder: Embedder | undefined;
  readonly #slots: Slots;
  #closed: Promise<void> | undefined;

  constructor(connection: Connection, table: Table, manifest: Manifest, options: OpenIndexOptions) {
    this.#connection = connection;
    this.#table = table;
    this.#manifest = manifest;
    this.#embedder = manifest.dense ? options.embedder : undefined;
    this.#slots = new Slots(options.concurrency ?? 4);
  }

  async search(
    query: string,
    k: number,
    signal: AbortSignal,
    options: SearchOptions = {},
  ): Promise<ScoredPassage[]> {
    if (this.#closed !== undefined) throw new Error('the index is closed');
    signal.throwIfAborted();
    const text = query.slice(0, longestQuery);
    const wanted = queryTerms(text);
    const embedder = this.#embedderOf(text, options);
    if (embedder === undefined) return await this.#byWords(wanted, k, signal, options);
    const depth = Math.max(k, fusionDepth);
    const [byWords, byMeaning] = await Promise.all([
      this.#byWords(wanted, depth, signal, options),
      text.trim() === '' ? [] : this.#byMeaning(embedder, text, depth, signal, options),
    ]);
    return fuse([byWords, byMeaning], ({ passage }) => passage.id)
      .slice(0, k)
      .map(({ item, score }) => ({ passage: item.passage, score }));
  }

  async close(): Promise<void> {
    this.#closed ??= this.#slots.idle().then(() => {
      this.#table.close();
      this.#connection.close();
    });
    await this.#closed;
  }

  /** The embedder, unless it does not know the language of the question or of the passages asked for. */
  #embedderOf(text: string, { language }: SearchOptions): Embedder | undefined {
    const { embedded, languages } = this.#manifest;
    if (languages.every((each) => embedded.includes(each))) return this.#embedder;
    const known = (each: Language): boolean => each === 'und' || embedded.includes(each);
    return known(detectLanguage(text)) && (language === undefined || known(language))
      ? this.#embedder
      : undefined;
  }

  async #byWords(
    wanted: string,
    k: number,
    signal: AbortSignal,
    { language }: SearchOptions,
  ): Promise<ScoredPassage[]> {
    const { languages } = this.#manifest;
    const asked = language === undefined ? languages : languages.filter((each) => each === language);
    if (wanted === '' || k < 1 || asked.length === 0) return [];
    const matches = asked.map((each) => new MatchQuery(wanted, wordsColumn(each)));
    const rows = await this.#slots.run(async () => {
      const query = this.#table
        .query()
        .fullTextSearch(new BooleanQuery(matches.map((match) => [Occur.Should, match])))
        .select([...columns, '_score'])
        // One more than asked, so that a tie at the edge is cut the same way each time.
        .limit(k + 1);
      return (await query.toArray()) as Row[];
    }, signal);
    return best(rows, (row) => row._score ?? 0, k);
  }

  async #byMeaning(
    embedder: Embedder,
    text: string,
    k: number,
    signal: AbortSignal,
    { language }: SearchOptions,
  ): Promise<ScoredPassage[]> {
    const [vector] = await embedder.embed([text], signal);
    if (vector === undefined) return [];
    const rows = await this.#slots.run(async () => {
      const query = this.#table
        .vectorSearch(vector)
        .distanceType('dot')
        .select([...columns, '_distance'])
        .limit(k + 1);
      return (await (language ? query.where(`language = '${language}'`) : query).toArray()) as Row[];
    }, signal);
    return best(rows, (row) => 1 - (row._distance ?? 1), k);
  }
}

interface Row extends Passage {
  readonly _score?: number;
  readonly _distance?: number;
}

function best(rows: readonly Row[], score: (row: Row) => number, k: number): ScoredPassage[] {
  return rows
    .map((row) => ({ passage: passageOf(row), score: score(row) }))
    .sort((a, b) => b.score - a.score || (a.passage.id < b.passage.id ? -1 : 1))
    .slice(0, k);
}

/** Arrow hands out views of its memory: a plain copy outlives the table and can be sent as JSON. */
function passageOf({ id, document, source, heading, text, language, ordinal }: Row): Passage {
  return { id, document, source, heading, text, language, ordinal };
}

function queryTerms(text: string): string {
  return [...new Set(terms(text))].slice(0, mostTerms).join(' ');
}
