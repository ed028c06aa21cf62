import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OutsideFile } from '../../../core/outside-file.ts';
import { Trust } from '../../../project/trust/trust.ts';
import { listSources } from '../../ingest/list-sources.ts';
import { readFile } from '../../ingest/read-file.ts';
import type { RejectReason } from '../../ingest/reject.ts';
import type { SourceConfig } from '../../ingest/source-config.ts';
import type { SourceSettings } from '../../ingest/source-settings.ts';
import type { FoundDocument } from '../document-sink.ts';
import type { FormatTable } from '../format-table.ts';
import type { DocumentFormat, DocumentHead, TableHead } from '../format.ts';
import { lookAt } from '../look.ts';

export interface ReadSample {
  readonly documents: readonly FoundDocument[];
  readonly rejects: readonly RejectReason[];
  /** The beginning, as `init` sees it. */
  readonly head: TableHead | DocumentHead | RejectReason | undefined;
}

/** What a run makes of a file with these bytes under an ending of a format; `init` has looked at it before. */
export async function readSample(
  formats: FormatTable,
  format: DocumentFormat,
  bytes: Uint8Array,
  { settings = {}, maxFileSize = 1 << 20 }: ReadOptions = {},
): Promise<ReadSample> {
  const dir = await mkdtemp(join(tmpdir(), 'towpath-format-'));
  try {
    const path = `sample.${format.endings[0]}`;
    await writeFile(join(dir, path), bytes);
    const head = await look(formats, format, path, dir);
    const source: SourceConfig = { name: 'all', files: [path], exclude: [], encoding: 'auto', text: 'text' };
    const params = await listSources(dir, [{ ...source, ...settings }], { maxFileSize, formats });
    const documents: FoundDocument[] = [];
    const rejects: RejectReason[] = [];
    const { signal } = new AbortController();
    const context = { params, formats, signal, scratch: dir, trust: await Trust.of(dir) };
    const [listed] = params.files;
    if (listed === undefined) throw new Error(`${path} is not listed`);
    const refused = await readFile(context, listed, () => undefined, {
      document: (found) => documents.push(found),
      reject: (reason) => rejects.push(reason),
    });
    return refused === undefined
      ? { documents, rejects, head }
      : { documents: [], rejects: [...rejects, refused], head };
  } finally {
    await rm(dir, { recursive: true });
  }
}

interface ReadOptions {
  readonly settings?: Partial<SourceSettings>;
  readonly maxFileSize?: number;
}

async function look(
  formats: FormatTable,
  format: DocumentFormat,
  path: string,
  dir: string,
): Promise<ReadSample['head']> {
  const file = await OutsideFile.open(path, { within: [dir], maxBytes: Infinity });
  return format.kind === 'table'
    ? await lookAt(formats, format, file, 'auto')
    : await lookAt(formats, format, file, 'auto');
}
