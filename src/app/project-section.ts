import { z } from 'zod';
import { encode, say } from '../core/messages/message.ts';
import type { Section } from '../project/section.ts';

/** The `project` key of `towpath.yaml`. */
export const projectSection: Section<'project', string> = {
  key: 'project',
  schema: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, {
      error: encode(say('section.project-name')),
    })
    .describe(encode(say('setting.project'))),
};
