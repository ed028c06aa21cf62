import type { TableFormat } from '../format.ts';

/** One JSON object a line. */
export const jsonl: TableFormat = {
  name: 'jsonl',
  title: 'JSON Lines',
  kind: 'table',
  endings: ['jsonl', 'ndjson'],
  mediaTypes: ['application/jsonl', 'application/x-ndjson'],
  bounds: 'row',
  options: ['encoding', 'text', 'title', 'id'],
  layout: 'markdown',
  signatures: [],
  load: async () => (await import('./read.ts')).reader,
};
