import { z } from 'zod';
import { say, type Message } from './message.ts';
import { issueText } from './zod-issue.ts';

/** All that zod finds wrong with a record, as `z.prettifyError` lays it out. */
export function zodErrorText({ issues }: z.ZodError): Message {
  return [...issues]
    .sort((a, b) => a.path.length - b.path.length)
    .map(({ message, path }) => {
      const problem = issueText(message);
      return path.length === 0
        ? say('fields.whole', { problem })
        : say('fields.one', { problem, path: z.core.toDotPath(path) });
    })
    .reduceRight((rest, first) => say('fields.and', { first, rest }));
}
