/**
 * Subtitles as SubRip writes them: what is said in a film is one document, a paragraph for each time that something is
 * shown.
 *
 * @type {import('../../../src/data/formats/format.ts').WholeFormat}
 */
export const subtitles = {
  name: 'subtitles',
  title: 'SubRip',
  kind: 'document',
  endings: ['srt'],
  mediaTypes: ['application/x-subrip'],
  bounds: 'file',
  options: ['encoding'],
  layout: 'plain',
  signatures: [],
  load: async () => (await import('./read.mjs')).reader,
};
