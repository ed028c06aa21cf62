import type { WholeFormat } from '../format.ts';

/** A page becomes Markdown: its readable text with headings, lists, tables and code kept. */
export const html: WholeFormat = {
  name: 'html',
  title: 'HTML',
  kind: 'document',
  endings: ['html', 'htm'],
  mediaTypes: ['text/html', 'application/xhtml+xml'],
  bounds: 'file',
  options: ['encoding'],
  layout: 'markdown',
  signatures: [],
  load: async () => (await import('./read.ts')).reader,
};
