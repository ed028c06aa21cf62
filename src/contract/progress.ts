import { isMessage, render, type Message, type Text } from '../core/messages/message.ts';

interface Amount {
  readonly done: number;
  /** Left out while the total is not known. */
  readonly total?: number;
  readonly unit: 'bytes' | 'rows' | 'documents' | 'passages' | 'questions' | 'tokens' | 'files' | 'steps';
}

/** How far a unit of work has come. */
export interface Progress extends Amount {
  /** What is being done, in a few words: `reading docs/en`. */
  readonly note?: Text;
}

/** Reports progress; cheap to call often: whoever listens throttles. */
export type ReportProgress = (progress: Progress) => void;

/** The plain form in which progress leaves the engine. */
export interface ProgressRecord extends Amount {
  readonly note?: string;
  /** What the note is made of, for whoever shows it in another language. */
  readonly noteText?: Message;
}

export function progressRecord({ note, ...amount }: Progress): ProgressRecord {
  if (note === undefined) return amount;
  return { ...amount, note: render(note, 'en'), ...(isMessage(note) && { noteText: note }) };
}
