// Reads one file of a format that asks for a process of its own: `node child.js <task as JSON>`, see `records.ts`.
import { writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { OutsideFile } from '../../../core/outside-file.ts';
import type { DocumentFormat, FileToRead } from '../format.ts';
import { carriedReject } from '../reject-error.ts';
import { readingTask, recordStream, type ReadingRecord, type ReadingTask } from './records.ts';

/** Between two looks at the memory: a reader that takes a gigabyte a second is then at most some 20 MiB beyond its limit. */
const lookEvery = 20;

if (isMainThread) await work(readingTask.parse(JSON.parse(process.argv[2] ?? '')));
else await watch(workerData as Watched);

async function work(task: ReadingTask): Promise<void> {
  const watched: Watched = { memory: task.memory * 2 ** 20, time: task.time, parent: process.ppid };
  new Worker(fileURLToPath(import.meta.url), { workerData: watched, argv: process.argv.slice(2) });
  try {
    const { format } = (await import(task.module)) as { readonly format: DocumentFormat };
    const reader = await format.load();
    const file = await fileOf(task);
    const { settings, maxBytes, scratch } = task;
    await reader.read(
      file,
      { settings, maxBytes, scratch },
      {
        document: (document) => tell({ document }),
        reject: (reject, row) => tell({ reject, ...(row !== undefined && { row }) }),
      },
    );
    tell({ end: true });
  } catch (error) {
    const refused = carriedReject(error);
    tell(refused === undefined ? { fault: nameOf(error) } : { refused });
  }
  process.exit(0);
}

async function fileOf({ path, copy }: ReadingTask): Promise<FileToRead> {
  const opened = await OutsideFile.open(copy, { within: [dirname(copy)], maxBytes: Infinity });
  return {
    path,
    bytes: opened.bytes,
    next: () => opened.next(),
    whole: () => opened.whole(),
    copy: () => Promise.resolve(copy),
  };
}

/** Whole before it returns: a reader that is ahead of whoever takes its documents waits here. */
function tell(record: ReadingRecord): void {
  let rest = Buffer.from(`${JSON.stringify(record)}\n`);
  while (rest.length > 0) rest = rest.subarray(writeSync(recordStream, rest));
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message.slice(0, 200)}` : 'Error';
}

interface Watched {
  /** Bytes. */
  readonly memory: number;
  readonly time: number;
  readonly parent: number;
}

/** In a thread of its own, which a reader that never pauses does not hold up. */
async function watch({ memory, time, parent }: Watched): Promise<void> {
  const until = performance.now() + time;
  while (process.memoryUsage.rss() < memory && performance.now() < until && process.ppid === parent)
    await sleep(lookEvery);
  process.kill(process.pid, 'SIGKILL');
}
