import { rm } from 'node:fs/promises';
import { renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { isMessage, type Message } from '../../core/messages/message.ts';
import type { Progress, ReportProgress } from '../../contract/progress.ts';
import { readOwnFile } from '../../core/own-file.ts';

const record = z.object({
  done: z.number(),
  total: z.number().optional(),
  unit: z.enum(['files', 'bytes']),
  note: z.union([z.string(), z.custom<Message>(isMessage)]),
});

/** Progress that other processes, which wait for this work, can see: a file beside what is made. */
export class SharedProgress {
  readonly #path: string;
  #written = -Infinity;

  constructor(path: string) {
    this.#path = path;
  }

  /** Reports to both: those who wait look a few times a second. */
  sharing(report: ReportProgress): ReportProgress {
    return (progress) => {
      report(progress);
      const now = performance.now();
      if (now - this.#written < 250) return;
      this.#written = now;
      this.#write(progress);
    };
  }

  async read(): Promise<Progress | undefined> {
    const text = await readOwnFile(this.#path).catch(() => '');
    if (text === '') return undefined;
    const { done, unit, note, total } = record.parse(JSON.parse(text));
    return { done, unit, note, ...(total !== undefined && { total }) };
  }

  async remove(): Promise<void> {
    await rm(this.#path, { force: true });
  }

  /** Whoever reads finds a whole record, the last one or this. */
  #write(progress: Progress): void {
    try {
      writeFileSync(`${this.#path}.new`, JSON.stringify(progress));
      renameSync(`${this.#path}.new`, this.#path);
    } catch {
      // Only a courtesy: a full disk is told by the work itself.
    }
  }
}
