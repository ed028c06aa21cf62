import '../core/lance-threads.ts';
import { connect } from '@lancedb/lancedb';
import { join } from 'node:path';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import { lexiconOf, type Lexicon } from './lexicon.ts';

/** Passages that are counted: rarity among this many is rarity enough, and opening stays quick. */
const counted = 20_000;

/**
 * The lexicon of an index artifact, for `createQaService`.
 *
 * @throws TOW_DATA_INDEX_UNREADABLE when its table cannot be read
 */
export async function openLexicon(folder: string): Promise<Lexicon> {
  try {
    const connection = await connect(join(folder, 'lance'));
    try {
      const table = await connection.openTable('passages');
      const rows = (await table.query().select(['heading', 'text']).limit(counted).toArray()) as {
        readonly heading: string;
        readonly text: string;
      }[];
      table.close();
      return lexiconOf(rows);
    } finally {
      connection.close();
    }
  } catch (cause) {
    throw new TowpathError('TOW_DATA_INDEX_UNREADABLE', say('serve.passages-unreadable', { folder }), {
      cause,
    });
  }
}
