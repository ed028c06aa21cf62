import type { WholeFormat } from '../format.ts';

/** Headings become the path that a citation shows; front matter gives the title and is no text. */
export const markdown: WholeFormat = {
  name: 'markdown',
  title: 'Markdown',
  kind: 'document',
  endings: ['md', 'markdown'],
  mediaTypes: ['text/markdown'],
  bounds: 'file',
  options: ['encoding'],
  layout: 'markdown',
  signatures: [],
  load: async () => (await import('./read.ts')).reader,
};
