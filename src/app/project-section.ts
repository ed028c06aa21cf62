import { z } from 'zod';
import type { Section } from '../project/section.ts';

/** The `project` key of `towpath.yaml`. */
export const projectSection: Section<'project', string> = {
  key: 'project',
  schema: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, {
      error: 'a project name is 1 to 40 lower-case letters, digits and hyphens',
    })
    .describe('Name of the project: lower-case letters, digits and hyphens, 40 at most.'),
};
