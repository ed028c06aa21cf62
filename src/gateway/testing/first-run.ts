import type { FirstRun } from '../../contract/first-run.ts';
import type { FirstRunSource } from '../first-run.ts';

/** A first run that goes as it is told to. */
export class ToldRun implements FirstRunSource {
  #now: FirstRun;
  readonly #watchers = new Set<() => void>();

  constructor(first: FirstRun = halfway) {
    this.#now = first;
  }

  now(): FirstRun {
    return this.#now;
  }

  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }

  get watched(): number {
    return this.#watchers.size;
  }

  become(change: Partial<FirstRun>): void {
    this.#now = { ...this.#now, ...change };
    for (const changed of [...this.#watchers]) changed();
  }
}

export const halfway: FirstRun = {
  state: 'running',
  run: 'run-1',
  ms: 61_000,
  steps: [
    { name: 'prepare', state: 'done', ms: 1200 },
    { name: 'index', state: 'running', ms: 4000, progress: { done: 1200, total: 4800, unit: 'passages' } },
    { name: 'score', state: 'waiting' },
  ],
};
