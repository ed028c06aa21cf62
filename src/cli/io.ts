import type { Readable } from 'node:stream';

/** Somewhere to print to. */
export interface Output {
  write(text: string): void;
  /** Resolves once the reader has taken in what was written: for whoever writes more than fits in memory. */
  taken(): Promise<void>;
  readonly isTerminal: boolean;
  /** Now; changes when the terminal is resized. */
  readonly columns: number;
  readonly rows: number;
}

/** What the command line has of the outside; nothing under `cli/` touches `process` for these. */
export interface Io {
  readonly out: Output;
  readonly err: Output;
  readonly in: Readable & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Aborted by the first Ctrl-C, and when whoever reads the output has gone. */
  readonly signal: AbortSignal;
}

/** Wraps a stream of the process: a reader that has gone (EPIPE) calls `onGone` and ends the writing in silence. */
export function processOutput(
  stream: Omit<NodeJS.WriteStream, 'isTTY'> & { readonly isTTY?: boolean },
  onGone: () => void,
): Output {
  let gone = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
    gone = true;
    onGone();
  });
  return {
    write: (text) => {
      if (!gone) stream.write(text);
    },
    taken: () =>
      new Promise((resolve) => {
        if (gone || !stream.writableNeedDrain) {
          resolve();
          return;
        }
        const done = () => {
          stream.off('drain', done).off('error', done);
          resolve();
        };
        stream.on('drain', done).on('error', done);
      }),
    isTerminal: stream.isTTY === true,
    get columns() {
      return stream.columns > 0 ? stream.columns : stream.isTTY ? 80 : 120;
    },
    get rows() {
      return stream.rows > 0 ? stream.rows : 24;
    },
  };
}
