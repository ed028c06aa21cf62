import type { Answer } from '../../src/contract/answer.ts';
import type { Failure } from './api.ts';

/** One question of this tab and what became of it. */
export interface Exchange {
  readonly id: number;
  readonly question: string;
  readonly state: 'asking' | 'answered' | 'failed' | 'stopped';
  /** Sentences as they came. */
  readonly sentences: readonly string[];
  readonly answer?: Answer;
  readonly failure?: Failure;
}

const key = 'towpath.history';
const kept = 50;

/** Exchanges of this tab, newest first; what was under way when the page went is shown as stopped. */
export function loadHistory(): Exchange[] {
  try {
    const stored = JSON.parse(sessionStorage.getItem(key) ?? '[]') as unknown[];
    return stored
      .filter(isExchange)
      .map((each) => (each.state === 'asking' ? { ...each, state: 'stopped' } : each));
  } catch {
    return [];
  }
}

/** Another version of this page, or another page of this address, may have written it. */
function isExchange(kept: unknown): kept is Exchange {
  const { id, question, sentences } = (kept ?? {}) as Partial<Exchange>;
  return typeof id === 'number' && typeof question === 'string' && Array.isArray(sentences);
}

export function saveHistory(exchanges: readonly Exchange[]): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(exchanges.slice(0, kept)));
  } catch {
    // A full or forbidden store costs the history after a reload, nothing else.
  }
}
