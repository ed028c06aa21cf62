import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RejectReason } from '../../ingest/reject.ts';
import type { SourceSettings } from '../../ingest/source-settings.ts';
import { copyTo } from '../copy-to.ts';
import type { DocumentHead, FileToLookAt, Isolation } from '../format.ts';
import { readIsolated } from './read-isolated.ts';

/** `data.max_file_size` where the project file says nothing. */
const longest = 64 * 2 ** 20;

/**
 * How a file begins whose reader may not run here: it is read as a run reads it, at the same limits, as far as its first
 * document.
 *
 * @throws RejectError where a run would refuse it
 */
export async function lookIsolated(
  isolation: Isolation,
  file: FileToLookAt,
  encoding: SourceSettings['encoding'],
): Promise<DocumentHead | RejectReason | undefined> {
  const scratch = await mkdtemp(join(tmpdir(), 'towpath-look-'));
  const copy = join(scratch, 'source');
  const enough = new AbortController();
  let text: string | undefined;
  let refused: RejectReason | undefined;
  try {
    await copyTo(file, copy);
    const context = { settings: { encoding, text: 'text' }, maxBytes: longest, scratch };
    await readIsolated(
      isolation,
      { path: file.path, copy: () => Promise.resolve(copy) },
      context,
      {
        document(found) {
          text ??= found.text;
          enough.abort();
        },
        reject: (reason) => (refused ??= reason),
      },
      enough.signal,
    );
  } catch (error) {
    if (text === undefined) throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return text === undefined ? refused : { text, more: false };
}
