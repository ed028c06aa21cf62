import { z } from 'zod';
import { encodings } from './encoding/detect.ts';

/** File name endings by format. */
const extensions = {
  md: 'markdown',
  markdown: 'markdown',
  html: 'html',
  htm: 'html',
  txt: 'text',
  csv: 'csv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  parquet: 'parquet',
} as const;

export type SourceFormat = (typeof extensions)[keyof typeof extensions];

export const knownExtensions = Object.keys(extensions);

/** The format that a file's name says; undefined when it is none that Towpath reads. */
export function formatOf(path: string): SourceFormat | undefined {
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(extensions, extension) ? extensions[extension as keyof typeof extensions] : undefined;
}

export function isTable(format: SourceFormat | undefined): boolean {
  return format === 'csv' || format === 'jsonl' || format === 'parquet';
}

/** Settings of a source that decide what is read from its files. */
export const sourceSettings = z.strictObject({
  encoding: z.enum(['auto', ...encodings]),
  text: z.string(),
  title: z.string().optional(),
  id: z.string().optional(),
});
export type SourceSettings = z.infer<typeof sourceSettings>;
