import { randomBytes } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { render, say, type Message, type Speech } from '../../core/messages/message.ts';
import type { FormatTable } from '../../data/formats/format-table.ts';
import { formats as everyFormat } from '../../data/formats/table.ts';
import { projectFileName } from '../../project/find.ts';
import { asEnvironmentError } from '../../core/environment-error.ts';
import { makeFolder } from '../../store/make-folder.ts';
import { guessProject, type Guess, type GuessedSource } from './guess.ts';
import { surveyFolder } from './survey.ts';
import { projectTemplate } from './template.ts';

export interface InitOptions {
  /** Absolute path of the folder that becomes the project; made when it is not there. */
  readonly dir: string;
  /** Replaces a project file that is already there. @default false */
  readonly force?: boolean;
  /** Of the comments in the file. @default 'en' */
  readonly language?: Speech;
  /** What documents may be in. @default the formats of this version */
  readonly formats?: FormatTable;
}

export interface InitRecord {
  /** Absolute path of the file written. */
  readonly file: string;
  readonly project: string;
  /** Documents found; 0 leaves an example to be changed. */
  readonly documents: number;
  readonly sources: readonly Pick<GuessedSource, 'name' | 'files' | 'count' | 'unread'>[];
  readonly languages: readonly string[];
  /** What `data.min_characters` was set to, and the file whose texts ask for it. */
  readonly short?: Guess['short'];
  readonly suites: readonly string[];
  /** Endings that the names of documents may have. */
  readonly endings: readonly string[];
  /** What will not be read, and why; at most a thousand. */
  readonly skipped: readonly {
    readonly path: string;
    readonly why: string;
    /** The reason, for readers of another language. */
    readonly whyText: Message;
  }[];
  readonly skippedCount: number;
  /** The folder held more than was looked at. */
  readonly cutShort: boolean;
}

const mostSkipped = 1000;

/**
 * Writes a commented `towpath.yaml` for the documents that a folder holds. With none it still writes one, to be
 * completed, and says so: whoever starts from nothing needs the file most.
 *
 * @throws TOW_PROJECT_EXISTS, TOW_PROJECT_NOT_WRITABLE, TOW_STORE_NOT_A_FOLDER, TOW_STORE_DISK_FULL
 */
export async function initProject({
  dir,
  force = false,
  language = 'en',
  formats = everyFormat,
}: InitOptions): Promise<InitRecord> {
  const file = join(dir, projectFileName);
  const there = await stat(file).catch(() => undefined);
  if (there?.isDirectory() === true)
    throw new TowpathError('TOW_PROJECT_NOT_WRITABLE', say('init.is-folder', { file }), {
      ...{ where: file, hint: say('init.move-folder') },
    });
  if (!force && there !== undefined) throw alreadyThere(file);
  makeProjectFolder(dir);
  const survey = await surveyFolder(dir, formats);
  const guess = await guessProject(dir, survey, formats);
  await write(file, projectTemplate(guess, formats, language), force);
  return {
    file,
    project: guess.project,
    documents: guess.sources.reduce((sum, { count }) => sum + count, 0),
    sources: guess.sources.map(({ name, files, count, unread }) => ({
      ...{ name, files, count },
      ...(unread === true && { unread }),
    })),
    languages: guess.languages,
    ...(guess.short && { short: guess.short }),
    suites: guess.suites,
    endings: formats.endings,
    skipped: guess.skipped.slice(0, mostSkipped).map(({ path, why }) => ({
      ...{ path, why: render(why, 'en'), whyText: why },
    })),
    skippedCount: guess.skipped.length,
    cutShort: survey.cutShort,
  };
}

function makeProjectFolder(dir: string): void {
  try {
    makeFolder(dir, undefined, say('store.name-a-folder'));
  } catch (cause) {
    const told = ['TOW_STORE_NOT_A_FOLDER', 'TOW_STORE_DISK_FULL'];
    if (cause instanceof TowpathError && told.includes(cause.code)) throw cause;
    throw new TowpathError('TOW_PROJECT_NOT_WRITABLE', say('init.no-folder', { dir }), { cause });
  }
}

/** With `force` it takes the place of whatever stands there: a link is replaced, not written through. */
async function write(path: string, text: string, force: boolean): Promise<void> {
  const target = force ? `${path}.${randomBytes(6).toString('hex')}` : path;
  try {
    await writeFile(target, text, { flag: 'wx' });
    if (force) await rename(target, path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw alreadyThere(path);
    // Half of it would stand in the way of the next try.
    await rm(target, { force: true });
    const told = asEnvironmentError(cause, say('store.writing', { path }));
    if (told instanceof TowpathError && told.code === 'TOW_STORE_DISK_FULL') throw told;
    throw new TowpathError('TOW_PROJECT_NOT_WRITABLE', say('init.unwritable', { file: path }), { cause });
  }
}

function alreadyThere(file: string): TowpathError {
  return new TowpathError('TOW_PROJECT_EXISTS', say('init.exists', { file }));
}
