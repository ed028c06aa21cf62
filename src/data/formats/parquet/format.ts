import { say } from '../../../core/messages/message.ts';
import type { TableFormat } from '../format.ts';

/** Columns and rows, read by DuckDB; the file says its types and its encoding itself. */
export const parquet: TableFormat = {
  name: 'parquet',
  title: 'Parquet',
  kind: 'table',
  endings: ['parquet'],
  mediaTypes: ['application/vnd.apache.parquet'],
  bounds: 'row',
  options: ['text', 'title', 'id'],
  layout: 'markdown',
  // `PAR1`
  signatures: [{ kind: say('reject.parquet'), bytes: [0x50, 0x41, 0x52, 0x31] }],
  load: async () => (await import('./read.ts')).reader,
};
