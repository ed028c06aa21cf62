import type { ResultCommit } from '../store/records/result-records.ts';
import type { Records } from '../store/records/open.ts';
import type { StepChange } from '../store/records/run-records.ts';

/**
 * Writes down how far one run has come. Cache hits are held back and written with the next change that matters: losing
 * the note of a hit loses nothing, and 200 of them then cost one transaction instead of 200.
 */
export class Journal {
  readonly #records: Pick<Records, 'runs' | 'results'>;
  readonly #run: string;
  #held = new Map<string, StepChange>();

  constructor(records: Pick<Records, 'runs' | 'results'>, run: string) {
    this.#records = records;
    this.#run = run;
  }

  /** Written with the next `now`, `commit` or `flush`. */
  later(step: string, change: StepChange): void {
    this.#held.set(step, change);
  }

  /** On the disk when it settles. */
  async now(step: string, change: StepChange): Promise<void> {
    const changes = new Map([...this.#take(), [step, change]]);
    await this.#records.runs.changeSteps(this.#run, changes);
  }

  async commit(commit: ResultCommit): Promise<void> {
    await this.flush();
    await this.#records.results.commit(commit);
  }

  async flush(): Promise<void> {
    if (this.#held.size > 0) await this.#records.runs.changeSteps(this.#run, this.#take());
  }

  #take(): Map<string, StepChange> {
    const held = this.#held;
    this.#held = new Map();
    return held;
  }
}
