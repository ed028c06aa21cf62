import type { TableFormat } from '../format.ts';

/** A header and rows. Their texts may be laid out as Markdown, as those of an export of pages are. */
export const csv: TableFormat = {
  name: 'csv',
  title: 'CSV',
  kind: 'table',
  endings: ['csv'],
  mediaTypes: ['text/csv'],
  bounds: 'row',
  options: ['encoding', 'text', 'title', 'id'],
  layout: 'markdown',
  signatures: [],
  load: async () => (await import('./read.ts')).reader,
};
