import { say } from '../../core/messages/message.ts';
import type { RejectReason } from '../ingest/reject.ts';
import type { DocumentFormat, Signature } from './format.ts';

/** The formats that files of sources may be in. */
export class FormatTable {
  readonly rows: readonly DocumentFormat[];
  /** Endings of file names, without the dot, in the order of the rows. */
  readonly endings: readonly string[];
  readonly #byEnding: ReadonlyMap<string, DocumentFormat>;

  /** @throws Error where two rows have the same name, ending or media type: a fault of whoever wrote them */
  constructor(rows: readonly DocumentFormat[]) {
    this.rows = rows;
    this.endings = rows.flatMap(({ endings }) => endings);
    this.#byEnding = new Map(rows.flatMap((row) => row.endings.map((ending) => [ending, row] as const)));
    const names = rows.map(({ name }) => name);
    for (const words of [names, this.endings, rows.flatMap(({ mediaTypes }) => mediaTypes)]) {
      const twice = words.find((word, at) => words.indexOf(word) < at);
      if (twice !== undefined) throw new Error(`two formats have ${JSON.stringify(twice)}`);
    }
  }

  /** This table and more rows. */
  with(...more: readonly DocumentFormat[]): FormatTable {
    return new FormatTable([...this.rows, ...more]);
  }

  /** The format that a file's name says; undefined when it is none of these. */
  of(path: string): DocumentFormat | undefined {
    const ending = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase();
    return ending === undefined ? undefined : this.#byEnding.get(ending);
  }

  /** Why a file is refused that begins as those of other formats do; undefined for one that may be of `format`. */
  mistaken(format: DocumentFormat, first: Uint8Array): RejectReason | undefined {
    const begins = ({ bytes }: Signature) => bytes.every((byte, at) => first[at] === byte);
    if (format.signatures.some(begins)) return undefined;
    const other = this.rows.flatMap(({ signatures }) => signatures).find(begins);
    if (other === undefined) return undefined;
    const isText = format.signatures.length === 0;
    const reason = say(isText ? 'reject.binary' : 'reject.mistaken', { kind: other.kind });
    return { code: 'TOW_DATA_FILE_BINARY', reason };
  }
}
