import '../../core/lance-threads.ts';
import { connect } from '@lancedb/lancedb';
import { join } from 'node:path';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import type { Passage } from '../../contract/passage.ts';

export type PassageText = Pick<Passage, 'source' | 'heading' | 'text'>;

/**
 * The passages of an index artifact, batch by batch.
 *
 * @throws TOW_DATA_INDEX_UNREADABLE when its table cannot be read
 */
export async function* readPassages(folder: string): AsyncGenerator<PassageText> {
  try {
    const connection = await connect(join(folder, 'lance'));
    try {
      const table = await connection.openTable('passages');
      for await (const batch of table.query().select(['source', 'heading', 'text'])) {
        for (const row of batch) {
          const { source, heading, text } = row.toJSON() as PassageText;
          yield { source, heading, text };
        }
      }
      table.close();
    } finally {
      connection.close();
    }
  } catch (cause) {
    throw new TowpathError('TOW_DATA_INDEX_UNREADABLE', say('serve.passages-unreadable', { folder }), {
      cause,
    });
  }
}
