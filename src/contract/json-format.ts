import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say, type Message } from '../core/messages/message.ts';
import { zodErrorText } from '../core/messages/zod-error.ts';

/** A JSON file of artifacts: its one reader and its one writer. */
export interface JsonFormat<T> {
  /** Its name in the artifact's folder. */
  readonly file: string;
  /** The version that is written, as the file's field `schema`. */
  readonly version: number;
  /** @throws what `unreadable` gives, when the file is not there, newer, damaged or not what the format says */
  read(folder: string): Promise<T>;
  /** @param where how an error names the text */
  parse(text: string, where?: string): T;
  /** Makes the folder if need be. */
  write(folder: string, value: T): Promise<void>;
}

interface Definition<T> {
  readonly file: string;
  readonly version: number;
  /** Of the fields beside `schema`, as this version writes them. */
  readonly fields: z.ZodType<T>;
  /**
   * What makes of a file of an earlier version one of the next, up to this one; still earlier ones are refused. Files from
   * before there were versions count as version 1.
   */
  readonly older?: readonly ((value: Readonly<Record<string, unknown>>) => Record<string, unknown>)[];
  /** @default TOW_CONTRACT_UNREADABLE */
  readonly unreadable?: (problem: Problem) => TowpathError;
}

interface Problem {
  readonly why: Message;
  readonly where: string;
  readonly cause?: unknown;
}

/** Declares a format. What it writes today, every later version of it reads. */
export function jsonFormat<T>(definition: Definition<T>): JsonFormat<T> {
  const { file, version, fields, older = [], unreadable = contractError } = definition;
  const read = (text: string, where = file): T => {
    const value = objectOf(text, (why, cause) => unreadable({ why, where, cause }));
    const found = versionOf(value);
    const behind = version - (found ?? Infinity);
    if (behind < 0 || behind > older.length) {
      const why = say('contract.version', { found: JSON.stringify(value['schema']), known: version });
      throw unreadable({ why, where });
    }
    const migrated = older.slice(older.length - behind).reduce((old, next) => next(old), value);
    const result = fields.safeParse(without(migrated, 'schema'));
    if (!result.success) throw unreadable({ why: zodErrorText(result.error), where, cause: result.error });
    return result.data;
  };
  return {
    file,
    version,
    parse: read,
    async read(folder) {
      const where = join(folder, file);
      const text = await readFile(where, 'utf8').catch((cause: unknown) => {
        throw unreadable({ why: say('contract.no-file'), where, cause });
      });
      return read(text, where);
    },
    async write(folder, value) {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, file), `${JSON.stringify({ schema: version, ...value }, null, 2)}\n`);
    },
  };
}

function without(value: Readonly<Record<string, unknown>>, field: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== field));
}

function objectOf(
  text: string,
  fail: (why: Message, cause?: unknown) => TowpathError,
): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw fail(say('contract.not-json'), cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw fail(say('contract.not-object'));
  return value as Record<string, unknown>;
}

function versionOf({ schema = 1 }: Readonly<Record<string, unknown>>): number | undefined {
  const parsed = z.int().min(1).safeParse(schema);
  return parsed.success ? parsed.data : undefined;
}

function contractError({ why, where, cause }: Problem): TowpathError {
  return new TowpathError('TOW_CONTRACT_UNREADABLE', say('contract.unreadable', { where, why }), {
    where,
    cause,
  });
}
