import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import { identifyProcess, isAlive } from '../core/process-identity.ts';
import { readOwnFile } from '../core/own-file.ts';
import { giveSignsOfLife, holderLives } from '../core/sign-of-life.ts';
import { asEnvironmentError } from '../core/environment-error.ts';
import { makeFolder } from '../store/make-folder.ts';
import type { ServiceRecord } from './records/service.ts';

const replica = z.object({
  pid: z.number(),
  state: z.enum(['starting', 'ready', 'unresponsive', 'draining', 'failed']),
  release: z.string(),
  busy: z.number().optional(),
  slots: z.number().optional(),
});

const content = z.object({
  process: z.string(),
  pid: z.number(),
  url: z.string(),
  port: z.number(),
  started: z.string(),
  release: z.string().optional(),
  replicas: z.array(replica),
});

type Content = z.infer<typeof content>;

/** The claim of one `up` or `serve` on its project, with what others may know about it. */
export interface ServiceClaim {
  /** Writes what the service looks like now; whole or not at all. */
  update(record: ServiceRecord): Promise<void>;
  release(): Promise<void>;
}

/**
 * Claims the project for this process: only one may serve it.
 *
 * @throws TOW_APP_ALREADY_RUNNING naming the process and address of the one that does
 * @throws TOW_STORE_DISK_FULL | TOW_STORE_NOT_WRITABLE
 */
export async function claimService(path: string, record: ServiceRecord): Promise<ServiceClaim> {
  makeFolder(dirname(path));
  await takeOver(path);
  try {
    await write(path, serialise(record), 'wx');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    throw alreadyRunning(await readService(path), cause);
  }
  let last: Promise<void> = Promise.resolve();
  let written = serialise(record);
  let released = false;
  const endSigns = giveSignsOfLife(path);
  return {
    update(next) {
      const turn = last.then(async () => {
        const text = serialise(next);
        if (released || text === written) return;
        await replace(path, text);
        written = text;
      });
      // One that failed, on a full disk, does not keep those after it from being written.
      last = turn.catch(() => undefined);
      return turn;
    },
    async release() {
      released = true;
      endSigns();
      await last;
      await rm(path, { force: true });
    },
  };
}

/**
 * The service of the project that is running here now; undefined when there is none, or it died without a word. One of
 * another machine or container is none to turn to: such a record may have come with somebody's project.
 */
export async function readService(path: string): Promise<ServiceRecord | undefined> {
  const found = await readContent(path);
  if (found === undefined || !isAlive(found.process)) return undefined;
  return recordOf(found);
}

function recordOf(found: Content): ServiceRecord {
  const { pid, url, port, started, release } = found;
  const replicas = found.replicas.map(({ busy, slots, ...rest }) => ({
    ...rest,
    ...(busy !== undefined && { busy }),
    ...(slots !== undefined && { slots }),
  }));
  return { pid, url, port, started, ...(release !== undefined && { release }), replicas };
}

/** The same, wherever it runs: one that cannot be seen from here is watched for signs of life for some seconds. */
export async function findService(path: string): Promise<ServiceRecord | undefined> {
  const found = await readContent(path);
  return found !== undefined && (await holderLives(path, found.process)) ? recordOf(found) : undefined;
}

async function takeOver(path: string): Promise<void> {
  const running = await findService(path);
  if (running !== undefined) throw alreadyRunning(running);
  await rm(path, { force: true });
}

function alreadyRunning(running: ServiceRecord | undefined, cause?: unknown): TowpathError {
  const who =
    running === undefined
      ? say('app.another-process')
      : say('app.process-at', { pid: running.pid, url: running.url });
  return new TowpathError('TOW_APP_ALREADY_RUNNING', say('app.already-served', { who }), {
    cause,
    ...(running !== undefined && { data: { pid: running.pid, url: running.url } }),
  });
}

async function readContent(path: string): Promise<Content | undefined> {
  try {
    const parsed = content.safeParse(JSON.parse(await readOwnFile(path)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

async function replace(path: string, text: string): Promise<void> {
  const next = `${path}.${String(process.pid)}`;
  await write(next, text, 'w');
  await rename(next, path);
}

async function write(path: string, text: string, flags: 'w' | 'wx'): Promise<void> {
  try {
    const file = await open(path, flags, 0o600);
    try {
      await file.writeFile(text);
    } catch (error) {
      // Half of it would stand for a claim of nobody.
      await rm(path, { force: true });
      throw error;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw asEnvironmentError(error, say('store.writing', { path }));
  }
}

function serialise(record: ServiceRecord): string {
  return `${JSON.stringify({ ...record, process: identifyProcess() ?? '' }, null, 2)}\n`;
}
