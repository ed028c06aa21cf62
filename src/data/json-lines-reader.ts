import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** The values of a JSONL file that a `JsonLinesWriter` wrote, one at a time. Rejects with the file system's error. */
export async function* readJsonLines(path: string): AsyncGenerator {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  for await (const line of lines) if (line !== '') yield JSON.parse(line) as unknown;
}
