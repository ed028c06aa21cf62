import { z } from 'zod';
import { encode, say } from '../core/messages/message.ts';
import { parseBytes } from '../core/units.ts';
import type { Section, SectionProblem } from '../project/section.ts';
import { maskKinds } from './prepare/mask/kinds.ts';

const share = z.number().min(0).max(1);

const anyLanguage = 'any' as const;

const splitSchema = z.strictObject({
  train: share.describe(encode(say('setting.data.split.train'))),
  validation: share.describe(encode(say('setting.data.split.validation'))),
  test: share.describe(encode(say('setting.data.split.test'))),
});

/** Characters that a document must have where the project file says nothing. */
export const fewestCharacters = 20;

const dataSchema = z.strictObject({
  max_file_size: z
    .string()
    .refine((text) => (parseBytes(text) ?? 0) > 0, encode(say('section.size')))
    .transform((text) => parseBytes(text) ?? 0)
    .prefault('64 MiB')
    .describe(encode(say('setting.data.max_file_size'))),
  min_characters: z
    .int()
    .min(0)
    .default(fewestCharacters)
    .describe(encode(say('setting.data.min_characters'))),
  languages: z
    .union([
      z.literal('any').transform(() => [anyLanguage]),
      z.array(z.enum(['en', 'zh', anyLanguage])).min(1),
    ])
    .default(['en', 'zh'])
    .describe(encode(say('setting.data.languages'))),
  mask: z
    .array(z.enum(maskKinds))
    .default([...maskKinds])
    .describe(encode(say('setting.data.mask'))),
  keep: z
    .array(z.string().min(1))
    .default([])
    .describe(encode(say('setting.data.keep'))),
  deduplicate: z
    .enum(['exact', 'off'])
    .default('exact')
    .describe(encode(say('setting.data.deduplicate'))),
  split: splitSchema
    .default({ train: 0.9, validation: 0.05, test: 0.05 })
    .describe(encode(say('setting.data.split'))),
});

export type DataConfig = z.infer<typeof dataSchema>;

/** The `data` key: how documents are cleaned, filtered, masked and split. Left out, every default holds. */
export const dataSection: Section<'data', DataConfig> = {
  key: 'data',
  schema: dataSchema.prefault({}).describe(encode(say('setting.data'))),
  check: checkData,
};

function checkData(data: DataConfig): SectionProblem[] {
  const problems: SectionProblem[] = [];
  const { train, validation, test } = data.split;
  const sum = train + validation + test;
  if (Math.abs(sum - 1) > 1e-9)
    problems.push({
      path: ['data', 'split'],
      message: say('section.split-sum', { sum: Number(sum.toFixed(6)) }),
      accepted: say('section.split-one'),
    });
  if (data.languages.includes('any') && data.languages.length > 1)
    problems.push({
      path: ['data', 'languages'],
      message: say('section.any-beside'),
      accepted: say('section.any-alone'),
    });
  if (data.keep.length > 0 && data.mask.length === 0)
    problems.push({
      path: ['data', 'keep'],
      message: say('section.keep-unmasked'),
      accepted: say('section.keep-or-mask'),
    });
  return problems;
}
