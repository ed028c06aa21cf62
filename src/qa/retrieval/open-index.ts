import '../../core/lance-threads.ts';
import { BooleanQuery, connect, MatchQuery, Occur, type Connection, type Table } from '@lancedb/lancedb';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SaidError, TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import { indexSchema, wordsColumn, type IndexManifest } from '../../contract/index-artifact.ts';
import type { Language } from '../../core/language.ts';
import { Semaphore } from '../../core/semaphore.ts';
import type { Passage } from '../../contract/passage.ts';
import { detectLanguage } from '../../text/language.ts';
import { terms, termsVersion } from '../../text/terms.ts';
import { fuse } from './fuse.ts';
import type { Embedder, Retriever, ScoredPassage, SearchOptions } from './retriever.ts';

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
    throw new TowpathError('TOW_DATA_INDEX_UNREADABLE', say('serve.index-unopened', { folder }), { cause });
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
    throw new TowpathError('TOW_DATA_INDEX_UNREADABLE', say('serve.file-unreadable', { path }), { cause });
  }
  if (manifest.terms !== termsVersion || manifest.schema !== indexSchema) {
    const shown = (value: unknown): string => (value === undefined ? 'undefined' : JSON.stringify(value));
    const made = { terms: shown(manifest.terms), layout: shown(manifest.schema) };
    const own = { ownTerms: `"${termsVersion}"`, ownLayout: String(indexSchema) };
    throw new TowpathError('TOW_DATA_INDEX_UNREADABLE', say('serve.other-rules', { ...made, ...own }), {
      where: path,
    });
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
  readonly #slots: Semaphore<number>;
  #closed: Promise<void> | undefined;

  constructor(connection: Connection, table: Table, manifest: Manifest, options: OpenIndexOptions) {
    this.#connection = connection;
    this.#table = table;
    this.#manifest = manifest;
    this.#embedder = manifest.dense ? options.embedder : undefined;
    this.#slots = Semaphore.ofPermits(options.concurrency ?? 4);
  }

  async search(
    query: string,
    k: number,
    signal: AbortSignal,
    options: SearchOptions = {},
  ): Promise<ScoredPassage[]> {
    if (this.#closed !== undefined) throw new SaidError(say('serve.index-closed'));
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
    const search = async (wantedColumns: readonly string[], limit: number): Promise<Row[]> => {
      const query = this.#table
        .query()
        .fullTextSearch(new BooleanQuery(matches.map((match) => [Occur.Should, match])))
        .select([...wantedColumns, '_score'])
        .limit(limit);
      return (await query.toArray()) as Row[];
    };
    return await this.#slots.run(() => this.#best(k, search, (row) => row._score ?? 0), signal);
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
    const search = async (wantedColumns: readonly string[], limit: number): Promise<Row[]> => {
      const query = this.#table
        .vectorSearch(vector)
        .distanceType('dot')
        .select([...wantedColumns, '_distance'])
        .limit(limit);
      return (await (language ? query.where(`language = '${language}'`) : query).toArray()) as Row[];
    };
    return await this.#slots.run(() => this.#best(k, search, (row) => 1 - (row._distance ?? 1)), signal);
  }

  /**
   * The best `k`, equal scores in the order of their ids. Which of several equal rows the engine gives is up to its
   * threads and to how the index lies on the disk, so all that equal the last one are looked at: by their ids alone,
   * for where every passage has the same score that is all of them.
   */
  async #best(
    k: number,
    search: (columns: readonly string[], limit: number) => Promise<Row[]>,
    score: (row: Row) => number,
  ): Promise<ScoredPassage[]> {
    const rows = await search(columns, k + 1);
    if (rows.length <= k) return ranked(rows, score);
    const kept = ranked(rows, score).slice(0, k);
    if (Math.min(...rows.map(score)) < (kept.at(-1)?.score ?? 0)) return kept;
    for (let limit = 8 * (k + 1); ; limit *= 8) {
      const found = ranked(await search(['id'], limit), score);
      if (found.length === limit && found.at(-1)?.score === found[k - 1]?.score) continue;
      return await this.#withText(found.slice(0, k));
    }
  }

  async #withText(found: readonly ScoredPassage[]): Promise<ScoredPassage[]> {
    const ids = found.map(({ passage }) => `'${passage.id.replaceAll("'", "''")}'`);
    const query = this.#table
      .query()
      .where(`id IN (${ids.join(', ')})`)
      .select(columns);
    const rows = new Map(((await query.toArray()) as Row[]).map((row) => [row.id, row]));
    return found.flatMap(({ passage, score }) => {
      const row = rows.get(passage.id);
      return row === undefined ? [] : [{ passage: passageOf(row), score }];
    });
  }
}

interface Row extends Passage {
  readonly _score?: number;
  readonly _distance?: number;
}

/** Best first; equal scores in the order of their ids. */
function ranked(rows: readonly Row[], score: (row: Row) => number): ScoredPassage[] {
  return rows
    .map((row) => ({ passage: passageOf(row), score: score(row) }))
    .sort((a, b) => b.score - a.score || (a.passage.id < b.passage.id ? -1 : 1));
}

/** Arrow hands out views of its memory: a plain copy outlives the table and can be sent as JSON. */
function passageOf({ id, document, source, heading, text, language, ordinal }: Row): Passage {
  return { id, document, source, heading, text, language, ordinal };
}

function queryTerms(text: string): string {
  return [...new Set(terms(text))].slice(0, mostTerms).join(' ');
}
