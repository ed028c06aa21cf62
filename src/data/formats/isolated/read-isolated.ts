import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { say, type Message } from '../../../core/messages/message.ts';
import { formatBytes } from '../../../core/units.ts';
import { compiledModule } from '../../../flow/code/compiled.ts';
import type { DocumentSink, FoundDocument } from '../document-sink.ts';
import type { FileToRead, Isolation, ReadContext } from '../format.ts';
import type { RejectReason } from '../../ingest/reject.ts';
import { RejectError } from '../reject-error.ts';
import { boundedLines } from './bounded-lines.ts';
import { parseRecord, recordStream, type ReadingTask } from './records.ts';

/** Named as it is once compiled, so that it counts as code of the step; where tests run the sources, its compiled twin. */
const program = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('./child.js', compiledModule(import.meta.url))
    : new URL('./child.js', import.meta.url),
);

/** Of what the process prints on its error stream so much is kept: the engine's last words are looked for in it. */
const wordsKept = 8192;
/** Waiting for the rest of what an ended process wrote; longer means that somebody else holds its stream. */
const restWait = 1000;

/**
 * Reads a file as its format's reader does, in a process of its own that ends with the file, at its limits, or with this
 * one. It has no environment, no input, and prints to nobody.
 *
 * @throws RejectError where the process ended before the file did, or gave something else than documents
 */
export async function readIsolated(
  isolation: Isolation,
  file: Pick<FileToRead, 'path' | 'copy'>,
  { settings, maxBytes, scratch }: ReadContext,
  sink: DocumentSink,
  signal: AbortSignal,
): Promise<void> {
  const copy = await file.copy();
  signal.throwIfAborted();
  const own = await mkdtemp(join(scratch, 'reader-'));
  const { memory, time } = isolation;
  const reading = new Reading({
    module: compiledModule(isolation.module),
    ...{ path: file.path, copy, settings, maxBytes, scratch: own, memory, time },
  });
  const stop = () => reading.kill();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await reading.into(sink);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    await reading.end();
    await rm(own, { recursive: true, force: true });
  }
}

/** One process that reads one file. */
class Reading {
  readonly #task: ReadingTask;
  readonly #child: ChildProcess;
  readonly #records: Readable;
  readonly #exit: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  readonly #timer: NodeJS.Timeout;
  #rest: NodeJS.Timeout | undefined;
  #words = '';
  #late = false;

  constructor(task: ReadingTask) {
    this.#task = task;
    this.#child = spawn(
      process.execPath,
      [`--max-old-space-size=${String(task.memory)}`, program, JSON.stringify(task)],
      // In the group of whoever reads: what ends that ends this.
      { cwd: task.scratch, env: { TZ: 'UTC' }, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] },
    );
    this.#records = this.#child.stdio[recordStream] as Readable;
    this.#exit = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('exit', (code, signal) => {
        this.#rest = setTimeout(() => this.#records.destroy(), restWait);
        resolve({ code, signal });
      });
    });
    // Asked for later, when it may have failed already.
    this.#exit.catch(() => undefined);
    this.#child.stderr?.setEncoding('utf8').on('data', (words: string) => {
      this.#words = (this.#words + words).slice(-wordsKept);
    });
    this.#timer = setTimeout(() => {
      this.#late = true;
      this.#child.kill('SIGKILL');
    }, task.time);
  }

  /** Puts what comes into the sink. @throws RejectError as the reader does, or with how its process ended before */
  async into(sink: DocumentSink): Promise<void> {
    const { maxBytes } = this.#task;
    // Six characters stand for one where JSON escapes it.
    for await (const line of boundedLines(this.#whileOpen(), maxBytes * 6 + 2 ** 20)) {
      const record = parseRecord(line);
      if (record === undefined) throw failed(say('reject.reader-garbage'));
      if ('end' in record) return;
      if ('fault' in record) throw failed(say('reject.unreadable', { why: record.fault }));
      if ('refused' in record) throw new RejectError(record.refused);
      if ('reject' in record) sink.reject(record.reject, record.row);
      else if (record.document.text.length <= maxBytes) sink.document(record.document as FoundDocument);
      else sink.reject(tooLong(maxBytes), record.document.row);
    }
    throw failed(await this.#whyEnded());
  }

  async *#whileOpen(): AsyncGenerator<Buffer> {
    try {
      for await (const block of this.#records) yield block as Buffer;
    } catch {
      // Closed before its end: how the process ended tells why.
    }
  }

  async #whyEnded(): Promise<Message> {
    const { code, signal } = await this.#exit;
    const { memory, time } = this.#task;
    if (this.#late) return say('reject.reader-time', { seconds: time / 1000 });
    // Nobody else kills it so but its own watch, and a machine without memory.
    if (signal === 'SIGKILL' || /heap out of memory|allocation failed/i.test(this.#words))
      return say('reject.reader-memory', { most: formatBytes(memory * 2 ** 20) });
    return say('reject.reader-ended', { how: signal ?? `exit ${String(code)}` });
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Settles when the process is gone. */
  async end(): Promise<void> {
    clearTimeout(this.#timer);
    this.kill();
    await this.#exit.catch(() => undefined);
    clearTimeout(this.#rest);
    this.#records.destroy();
  }
}

function failed(reason: Message): RejectError {
  return new RejectError({ code: 'TOW_DATA_READER_FAILED', reason });
}

function tooLong(maxBytes: number): RejectReason {
  return { code: 'TOW_DATA_TOO_LARGE', reason: say('reject.long-text', { most: formatBytes(maxBytes) }) };
}
