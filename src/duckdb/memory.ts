import { totalmem } from 'node:os';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import { formatBytes } from '../core/units.ts';
import { asEnvironmentError } from '../core/environment-error.ts';

const mebibyte = 2 ** 20;

/**
 * What DuckDB may take: a quarter of what this process may have, which a container's limit may make less than the
 * machine's; beside it stand the step's own memory and whatever else runs. What is beyond is spilled.
 */
export function engineMemory(machine: number = totalmem(), container = process.constrainedMemory()): number {
  const whole = container > 0 ? Math.min(machine, container) : machine;
  return Math.floor(Math.min(Math.max(whole / 4, 512 * mebibyte), whole / 2));
}

/** As DuckDB words it when its temporary folder may not grow: the disk is full, not the memory. */
const diskInWords = /max_temp_directory_size|could not write all bytes/i;
const memoryInWords = /out of memory|bad_alloc|(?:could not|failed to|cannot) (?:allocate|pin)/i;

/** What the machine lacks, when that is why DuckDB failed. Other errors pass through. */
export function asEngineError(error: unknown, limit: number): unknown {
  if (error instanceof TowpathError || !(error instanceof Error)) return error;
  if (diskInWords.test(error.message)) {
    const message = say('store.disk-full', { doing: say('data.spilling') });
    return new TowpathError('TOW_STORE_DISK_FULL', message, { cause: error });
  }
  if (memoryInWords.test(error.message)) {
    const message = say('data.rows-memory', { limit: formatBytes(limit) });
    // Its own advice names settings of DuckDB, which are not the reader's to set.
    const cause = new Error(error.message.split('\n', 1)[0]);
    return new TowpathError('TOW_DATA_MEMORY', message, { cause, data: { limit } });
  }
  return asEnvironmentError(error, say('store.working-on-rows'));
}

/** From here on a document is worth a line before work on it begins: should memory run out, the line tells where. */
const large = 32 * mebibyte;

/** Leaves a line in the step's log when a document is large; an error for want of memory quotes the last one. */
export function tellLarge(log: (line: string) => void, source: string, bytes: number): void {
  if (bytes >= large) log(`working on ${source} (${formatBytes(bytes)})`);
}

/** The largest document that a step has met: what to name when memory does not suffice. */
export class LargestDocument {
  #source = '';
  #bytes = 0;

  meet(source: string, bytes: number): void {
    if (bytes <= this.#bytes) return;
    this.#bytes = bytes;
    this.#source = source;
  }

  /** The same error, naming the document where memory was short. */
  blame(error: unknown): unknown {
    if (!(error instanceof TowpathError) || error.code !== 'TOW_DATA_MEMORY' || this.#source === '')
      return error;
    const [source, bytes, limit] = [this.#source, this.#bytes, Number(error.data?.['limit'])];
    return new TowpathError(
      'TOW_DATA_MEMORY',
      say('data.documents-memory', { limit: formatBytes(limit), source, size: formatBytes(bytes) }),
      { where: source, cause: error.cause, data: { source, bytes, limit } },
    );
  }
}
