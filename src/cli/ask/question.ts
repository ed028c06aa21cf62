import type { Readable } from 'node:stream';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';

/** More than any service takes; what is longer is refused here rather than sent. */
const longestBytes = 1024 * 1024;

/** The question as given; `-` reads it from the standard input. @throws TOW_CLI_USAGE when there is none */
export async function readQuestion(given: string, input: Readable): Promise<string> {
  const question = (given === '-' ? await readAll(input) : given).trim();
  if (question !== '') return question;
  throw new TowpathError('TOW_CLI_USAGE', say('usage.question-empty'), {
    hint: say('usage.question-quotes'),
  });
}

async function readAll(input: Readable): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of input as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > longestBytes) throw new TowpathError('TOW_CLI_USAGE', say('usage.question-long'));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
