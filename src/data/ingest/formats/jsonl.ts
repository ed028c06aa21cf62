import type { DocumentSink } from '../document-sink.ts';
import type { SourceFile } from '../source-file.ts';
import type { SourceSettings } from '../source-settings.ts';
import type { RejectReason } from '../reject.ts';
import { RejectError, textLines, type Line } from './text-lines.ts';

/** Reads a file of one JSON object a line. Blank lines are passed over; a row's number is its line. */
export async function readJsonLines(
  file: SourceFile,
  settings: SourceSettings,
  maxBytes: number,
  sink: DocumentSink,
): Promise<void> {
  let number = 0;
  let rows = 0;
  for await (const lines of textLines(file, settings.encoding, maxBytes)) {
    for (const line of lines) {
      number += 1;
      if (typeof line === 'string' && line.trim() === '') continue;
      rows += 1;
      readRow(line, number, settings, sink);
    }
  }
  if (rows === 0) throw new RejectError({ code: 'TOW_DATA_FILE_EMPTY', reason: 'it has no lines' });
}

function readRow(line: Line, number: number, settings: SourceSettings, sink: DocumentSink): void {
  const row = typeof line === 'string' ? parseObject(line) : line;
  if (!('value' in row)) {
    sink.reject({ ...row, line: number }, String(number));
    return;
  }
  const text = row.value[settings.text];
  const identity = settings.id === undefined ? String(number) : scalar(row.value[settings.id]);
  const title = settings.title === undefined ? '' : (scalar(row.value[settings.title]) ?? '');
  const refuse = (code: RejectReason['code'], reason: string) =>
    sink.reject({ code, reason, line: number }, identity ?? String(number));
  if (identity === undefined || identity === '')
    refuse('TOW_DATA_ROW_ID', `it has no ${JSON.stringify(settings.id)}`);
  else if (text === undefined)
    refuse(
      'TOW_DATA_ROW_TEXT',
      `it has no ${JSON.stringify(settings.text)}; its fields are ${Object.keys(row.value).slice(0, 20).join(', ')}`,
    );
  else if (typeof text !== 'string')
    refuse('TOW_DATA_ROW_TEXT', `its ${JSON.stringify(settings.text)} is ${kindOf(text)}, not a string`);
  else if (text.trim() === '') refuse('TOW_DATA_ROW_TEXT', `its ${JSON.stringify(settings.text)} is empty`);
  else sink.document({ row: identity, title, text, lines: String(number) });
}

function parseObject(line: string): { readonly value: Record<string, unknown> } | RejectReason {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { value: value as Record<string, unknown> };
    return { code: 'TOW_DATA_JSON_INVALID', reason: `it is ${kindOf(value)}, not an object` };
  } catch (error) {
    // The parser quotes the input in its message; what stands there may be personal, so only its place is kept.
    const place = /position \d+/.exec((error as Error).message)?.[0];
    return {
      code: 'TOW_DATA_JSON_INVALID',
      reason: place === undefined ? 'it is not valid JSON' : `it is not valid JSON at ${place}`,
    };
  }
}

function scalar(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}
