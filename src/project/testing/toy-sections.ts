import { z } from 'zod';
import type { Section } from '../section.ts';
import { secretRef } from '../secret.ts';

const place = z.xor([
  z.strictObject({ pip: z.string().describe('Package'), file: z.string().describe('File in it') }),
  z.strictObject({
    hf: z.string().describe('Repository'),
    revision: z.string().describe('Commit'),
    token: secretRef().optional(),
  }),
  z.strictObject({ file: z.string().describe('File of the project') }),
]);

const project: Section<'project', string> = {
  key: 'project',
  schema: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .describe('Name of the project'),
};

const sources: Section<'sources', { name: string; files: string[]; encoding: string }[]> = {
  key: 'sources',
  schema: z
    .array(
      z.strictObject({
        name: z.string().describe('Name of the source'),
        files: z.array(z.string()).min(1).describe('Globs'),
        encoding: z.enum(['auto', 'utf-8', 'gb18030']).default('auto').describe('Encoding'),
      }),
    )
    .min(1)
    .describe('Where documents come from'),
  check: (value) =>
    value.flatMap(({ name }, index) =>
      value.findIndex((other) => other.name === name) < index
        ? [{ path: ['sources', index, 'name'], message: 'the name is taken', accepted: 'a name of its own' }]
        : [],
    ),
};

interface Serve {
  port: number;
  threads: number | 'auto';
}

const serve: Section<'serve', Serve> = {
  key: 'serve',
  schema: z
    .strictObject({
      port: z.int().min(1).max(65535).default(7411).describe('Port'),
      threads: z
        .union([z.literal('auto'), z.int().min(1)])
        .default('auto')
        .describe('Threads'),
    })
    .prefault({})
    .describe('The service'),
};

const models: Section<'models'> = {
  key: 'models',
  schema: z
    .strictObject({ from: z.array(place).default([]).describe('Places') })
    .prefault({})
    .describe('Models'),
};

/** Small sections with one of everything, for tests. */
export const toySections = [project, sources, serve, models] as const;

export const toyFile = `project: handbook
sources:
  - name: docs
    files: ["docs/**/*.md"]
`;
