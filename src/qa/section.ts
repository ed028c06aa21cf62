import { z } from 'zod';
import { textOf, TowpathError } from '../core/errors/towpath-error.ts';
import { say, encode } from '../core/messages/message.ts';
import type { Section, SectionContext, SectionProblem } from '../project/section.ts';
import { mostPromptCharacters } from './generation/prompt.ts';
import { defaultQaSettings as defaults, type QaSettings } from './settings.ts';
import { glossaryTranslator, largestGlossary } from './translation/glossary.ts';

const prompt = z
  .string()
  .min(1)
  .max(mostPromptCharacters)
  .optional()
  .describe(encode(say('setting.qa.prompts.language')));

const qaSettings = z.strictObject({
  passages: z
    .int()
    .min(1)
    .max(20)
    .default(defaults.passages)
    .describe(encode(say('setting.qa.passages'))),
  decline_below: z
    .number()
    .min(0)
    .max(1)
    .default(defaults.declineBelow)
    .describe(encode(say('setting.qa.decline_below'))),
  max_tokens: z
    .int()
    .min(1)
    .max(2048)
    .default(defaults.maxTokens)
    .describe(encode(say('setting.qa.max_tokens'))),
  temperature: z
    .number()
    .min(0)
    .max(2)
    .default(defaults.temperature)
    .describe(encode(say('setting.qa.temperature'))),
  context: z
    .int()
    .min(256)
    .max(131_072)
    .default(defaults.context)
    .describe(encode(say('setting.qa.context'))),
  prompts: z
    .strictObject({ en: prompt, zh: prompt })
    .prefault({})
    .describe(encode(say('setting.qa.prompts'))),
  glossary: z
    .string()
    .min(1)
    .optional()
    .describe(encode(say('setting.qa.glossary'))),
});

export type QaSection = z.infer<typeof qaSettings>;

/** The `qa` key of `towpath.yaml`. */
export const qaSection: Section<'qa', QaSection> = {
  key: 'qa',
  schema: qaSettings.prefault({}).describe(encode(say('setting.qa'))),
  async check({ max_tokens, context, glossary }, { trust }) {
    const problems: SectionProblem[] = [];
    if (max_tokens * 2 > context) {
      problems.push({
        path: ['qa', 'max_tokens'],
        message: say('section.half', {
          setting: 'max_tokens',
          value: max_tokens,
          whole: 'context',
          most: context,
        }),
        accepted: say('section.between', { low: 1, high: Math.floor(context / 2) }),
      });
    }
    if (glossary !== undefined) problems.push(...(await glossaryProblems(glossary, trust)));
    return problems;
  },
};

/** The section's values as the service takes them. */
export function qaSettingsOf(section: QaSection): QaSettings {
  const { en, zh } = section.prompts;
  return {
    passages: section.passages,
    declineBelow: section.decline_below,
    maxTokens: section.max_tokens,
    temperature: section.temperature,
    context: section.context,
    prompts: { ...(en !== undefined && { en }), ...(zh !== undefined && { zh }) },
  };
}

async function glossaryProblems(glossary: string, trust: SectionContext['trust']): Promise<SectionProblem[]> {
  const path = ['qa', 'glossary'];
  const file = await trust.open(path, glossary, largestGlossary);
  if (Array.isArray(file)) return file;
  try {
    glossaryTranslator((await file.whole()).toString('utf8'), glossary);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof TowpathError)) throw thrown;
    return [
      {
        path,
        message: say('untrusted.file', { path: thrown.where ?? glossary, why: textOf(thrown) }),
        accepted: say('section.glossary-line'),
      },
    ];
  }
}
