import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { render } from '../../../core/messages/message.ts';
import { isReject, type RejectReason } from '../../ingest/reject.ts';
import type { SourceSettings } from '../../ingest/source-settings.ts';
import type { FormatTable } from '../format-table.ts';
import type { DocumentFormat } from '../format.ts';
import { readSample, type ReadSample } from './read-sample.ts';
import type { FormatSample } from './sample.ts';

/** What holds of every format. @param samples by the names of the table's formats */
export function describeFormat(
  formats: FormatTable,
  format: DocumentFormat,
  samples: ReadonlyMap<string, FormatSample>,
): void {
  const sampleOf = ({ name }: DocumentFormat): FormatSample => {
    const sample = samples.get(name);
    if (sample === undefined) throw new Error(`${name} has no sample`);
    return sample;
  };
  const sample = sampleOf(format);
  const { settings = {} } = sample;
  const read = (
    bytes: Uint8Array,
    options: { settings?: Partial<SourceSettings>; maxFileSize?: number } = {},
  ) => readSample(formats, format, bytes, { settings, ...options });

  describe(`the format ${format.name}`, () => {
    let bytes: Uint8Array;
    beforeAll(async () => void (bytes = await sample.bytes()));

    it('is told by each of its endings, in whatever case', () => {
      for (const ending of format.endings) {
        expect(formats.of(`docs/a.b.${ending}`)).toBe(format);
        expect(formats.of(`A.${ending.toUpperCase()}`)).toBe(format);
      }
    });

    it('reads its sample in the order of the file, and the same twice', async () => {
      const { documents, rejects } = await read(bytes);
      expect({ documents, rejects }).toEqual({ documents: sample.documents, rejects: [] });
      expect(await read(bytes)).toMatchObject({ documents });
      expect(documents.every(({ row }) => (row === undefined) === (format.kind === 'document'))).toBe(true);
    });

    it('is seen by init as a run reads it', async () => {
      const { head, documents } = await read(bytes);
      if (head === undefined) return;
      if ('columns' in head) {
        const { text = 'text', title, id } = settings;
        expect(head.columns).toEqual(expect.arrayContaining([text, title, id].filter(Boolean)));
        expect(head.rows.map((row) => row[text])).toEqual(documents.map((found) => found.text));
      } else expect(head).toEqual({ text: documents[0]?.text, more: false });
    });

    it('refuses an empty file, and init sees it', async () => {
      const empty = await read(Buffer.alloc(0));
      expectRefused(empty);
      expect(empty.head === undefined || isReject(empty.head)).toBe(true);
      expectSeen(empty);
    });

    it('says what a file lacks that was cut off', async () => {
      const { rejects } = await read(bytes.subarray(0, sample.cut));
      expect(rejects.length).toBeGreaterThan(0);
      rejects.forEach(expectReason);
    });

    it('refuses what is of another format', async () => {
      for (const other of formats.rows.filter((row) => row !== format)) {
        if (sample.anyText === true && other.signatures.length === 0) continue;
        const found = await read(await sampleOf(other).bytes());
        expectRefused(found);
        expectSeen(found);
      }
    });

    it('takes no document larger than data.max_file_size', async () => {
      const { documents, rejects } = await read(bytes, { maxFileSize: 3 });
      expect(documents).toEqual([]);
      expect(new Set(rejects.map(({ code }) => code))).toEqual(new Set(['TOW_DATA_TOO_LARGE']));
    });

    it('has no use for the settings that it does not name', async () => {
      const other = { encoding: 'utf-16be', text: 'name', title: 'text', id: 'text' } as const;
      for (const option of ['encoding', 'text', 'title', 'id'] as const) {
        const { documents } = await read(bytes, { settings: { ...settings, [option]: other[option] } });
        if (format.options.includes(option)) expect(documents).not.toEqual(sample.documents);
        else expect(documents).toEqual(sample.documents);
      }
    });

    it('gives or refuses whatever it is given', { timeout: 120_000 }, async () => {
      const damaged = fc
        .tuple(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 8 }))
        .map(([at, wrong]) => replaced(bytes, at % bytes.length, wrong));
      const shuffled = fc.tuple(fc.nat(), fc.nat()).map(([one, other]) => {
        const [from, to] = [one % bytes.length, other % bytes.length].sort((a, b) => a - b);
        return Buffer.concat([bytes.subarray(to), bytes.subarray(from, to), bytes.subarray(0, from)]);
      });
      const anything = fc.uint8Array({ maxLength: 200 }).map((each) => Buffer.from(each));
      await fc.assert(
        fc.asyncProperty(fc.oneof(damaged, shuffled, anything), async (hostile) => {
          const { documents, rejects } = await read(hostile);
          expect(documents.length + rejects.length).toBeGreaterThan(0);
          expect(documents.every(({ text }) => text.trim() !== '')).toBe(true);
          rejects.forEach(expectReason);
        }),
        { numRuns: 60 },
      );
    });
  });
}

function expectRefused({ documents, rejects }: ReadSample): void {
  expect(documents).toEqual([]);
  expect(rejects.length).toBeGreaterThan(0);
  rejects.forEach(expectReason);
}

/** What `init` refuses already, a run refuses for the same reason. */
function expectSeen({ head, rejects }: ReadSample): void {
  if (head === undefined || !isReject(head)) return;
  const { code, reason } = head;
  expect(rejects[0]).toMatchObject({ code, reason });
}

function expectReason({ code, reason }: RejectReason): void {
  expect(code).toMatch(/^TOW_DATA_/);
  for (const language of ['en', 'zh'] as const) expect(render(reason, language)).not.toBe('');
}

function replaced(bytes: Uint8Array, at: number, wrong: Uint8Array): Buffer {
  const changed = Buffer.from(bytes);
  changed.set(wrong.subarray(0, changed.length - at), at);
  return changed;
}
