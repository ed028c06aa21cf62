import { z } from 'zod';
import { say, encode } from '../../core/messages/message.ts';
import type { Section, SectionProblem } from '../../project/section.ts';

export const passageSettings = z.strictObject({
  max_characters: z
    .int()
    .min(100)
    .max(20_000)
    .default(1200)
    .describe(encode(say('setting.index.passage.max_characters'))),
  min_characters: z
    .int()
    .min(0)
    .max(10_000)
    .default(80)
    .describe(encode(say('setting.index.passage.min_characters'))),
  overlap: z
    .int()
    .min(0)
    .max(5000)
    .default(0)
    .describe(encode(say('setting.index.passage.overlap'))),
});

export type PassageSettings = z.infer<typeof passageSettings>;

const indexSettings = z.strictObject({
  passage: passageSettings.prefault({}).describe(encode(say('setting.index.passage'))),
  dense: z
    .enum(['off', 'on'])
    .default('off')
    .describe(encode(say('setting.index.dense'))),
});

export type IndexSettings = z.infer<typeof indexSettings>;

/** The `index` key of `towpath.yaml`. */
export const indexSection: Section<'index', IndexSettings> = {
  key: 'index',
  schema: indexSettings.prefault({}).describe(encode(say('setting.index'))),
  check({ passage, dense }, { whole }) {
    const problems: SectionProblem[] = [];
    const halfOf = (setting: 'min_characters' | 'overlap') =>
      say('section.half', {
        setting,
        value: passage[setting],
        whole: 'max_characters',
        most: passage.max_characters,
      });
    if (passage.min_characters * 2 > passage.max_characters) {
      problems.push({
        path: ['index', 'passage', 'min_characters'],
        message: halfOf('min_characters'),
        accepted: say('section.between', { low: 0, high: Math.floor(passage.max_characters / 2) }),
      });
    }
    if (passage.overlap * 2 > passage.max_characters) {
      problems.push({
        path: ['index', 'passage', 'overlap'],
        message: halfOf('overlap'),
        accepted: say('section.between', { low: 0, high: Math.floor(passage.max_characters / 2) }),
      });
    }
    const models = whole['models'] as { readonly embedder?: unknown } | undefined;
    if (dense === 'on' && models !== undefined && models.embedder === undefined) {
      problems.push({
        path: ['index', 'dense'],
        message: say('section.no-embedder'),
        accepted: say('section.off-or-embedder'),
      });
    }
    return problems;
  },
};
