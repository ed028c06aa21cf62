import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';

/** Structures are stored as JSON text, which SQLite and PostgreSQL both keep as it is. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value);
}

/** Reads what `writeJson` wrote. @throws TOW_STORE_DATABASE_CORRUPT when it is no JSON */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TowpathError('TOW_STORE_DATABASE_CORRUPT', say('store.record-damaged'), { cause });
  }
}
