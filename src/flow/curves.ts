import type { CurvePoint } from '../contract/curve.ts';
import type { CurveRecords } from '../store/records/curve-records.ts';

/** Points wait at most this long for the disk, in milliseconds. */
const writeEvery = 1000;

/** Collects the points of one step and writes them together: a job may measure hundreds of times in a second. */
export class CurveWriter {
  readonly #records: CurveRecords;
  readonly #run: string;
  readonly #step: string;
  #held: CurvePoint[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(records: CurveRecords, run: string, step: string) {
    this.#records = records;
    this.#run = run;
    this.#step = step;
  }

  add(point: CurvePoint): void {
    this.#held.push(point);
    this.#timer ??= setTimeout(() => this.#write(), writeEvery);
  }

  /** On the disk when it settles. Curves are worth no lost result: a database that takes none is passed over. */
  async end(): Promise<void> {
    if (this.#held.length > 0) this.#write();
    await this.#writing;
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const points = this.#held;
    this.#held = [];
    this.#writing = this.#writing
      .then(() => this.#records.add(this.#run, this.#step, points))
      .catch(() => undefined);
  }
}
