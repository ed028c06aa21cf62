import { say } from '../../../core/messages/message.ts';
import type { WholeFormat } from '../format.ts';

/** Taken literally: blank lines separate paragraphs, and nothing else has a meaning. */
export const text: WholeFormat = {
  name: 'text',
  title: say('format.text'),
  kind: 'document',
  endings: ['txt'],
  mediaTypes: ['text/plain'],
  bounds: 'file',
  options: ['encoding'],
  layout: 'plain',
  signatures: [],
  load: async () => (await import('./read.ts')).reader,
};
