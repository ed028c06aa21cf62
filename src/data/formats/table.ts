import { csv } from './csv/format.ts';
import { FormatTable } from './format-table.ts';
import { html } from './html/format.ts';
import { jsonl } from './jsonl/format.ts';
import { markdown } from './markdown/format.ts';
import { parquet } from './parquet/format.ts';
import { text } from './text/format.ts';

/** The formats of this version, in the order in which people are told of them. */
export const formats = new FormatTable([markdown, html, text, csv, jsonl, parquet]);
