import { z } from 'zod';
import { textOf } from '../../core/errors/towpath-error.ts';
import { encode, say, type Message, type Text } from '../../core/messages/message.ts';
import { issueText } from '../../core/messages/zod-issue.ts';
import { languages } from '../../core/language.ts';

const words = z.string().refine((text) => text.trim() !== '', {
  error: encode(say('training.is-empty')),
});
const origin = {
  id: z.string().min(1).max(200).optional(),
  source: z.string().min(1).max(1000).optional(),
};

const turn = z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: words });

const chat = z.strictObject({
  messages: z
    .array(turn)
    .min(2, { error: encode(say('training.two-turns')) })
    .refine((turns) => turns.at(-1)?.role === 'assistant', {
      error: encode(say('training.ends-with-answer')),
    })
    .refine((turns) => turns.every(({ role }, at) => role !== 'system' || at === 0), {
      error: encode(say('training.one-system')),
    }),
  ...origin,
});
const pair = z.strictObject({ prompt: words, answer: words, ...origin });
const triple = z.strictObject({
  question: words,
  passage: words,
  /** Empty or null: the passage does not answer, and the model is to say so. */
  answer: z.string().nullable(),
  language: z.enum(languages).optional(),
  ...origin,
});
const text = z.strictObject({ text: words, ...origin });
const scored = z.strictObject({ text: words, score: z.number(), ...origin });

/** One line of an examples file. */
export type Example =
  | z.infer<typeof chat>
  | z.infer<typeof pair>
  | z.infer<typeof triple>
  | z.infer<typeof text>
  | z.infer<typeof scored>;

/** What a job's sequences are made of: running text, rows of their own, or rows with scores. */
export const shapes = ['text', 'rows', 'scores'] as const;
export type Shape = (typeof shapes)[number];

/** By the key that tells a kind of line from the others. */
const kinds = [
  { key: 'messages', schema: chat, shapes: ['rows'] },
  { key: 'prompt', schema: pair, shapes: ['rows'] },
  { key: 'question', schema: triple, shapes: ['rows'] },
  { key: 'score', schema: scored, shapes: ['scores'] },
  { key: 'text', schema: text, shapes: ['text', 'rows'] },
] as const;

/** An example, or every problem that its line has. */
export type ParsedExample =
  | { readonly example: Example; readonly problems?: undefined }
  | { readonly example?: undefined; readonly problems: readonly Text[] };

/** Reads a line of an examples file for a job of this shape. */
export function parseExample(line: string, shape: Shape): ParsedExample {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return { problems: [say('line.not-json', { why: textOf(error) })] };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { problems: [say('training.not-object')] };
  const kind = kinds.find(({ key }) => key in value);
  if (kind === undefined) {
    return {
      problems: [say('training.needs')],
    };
  }
  if (!kind.shapes.some((each) => each === shape)) {
    return {
      problems: [say('training.other-shape', { key: JSON.stringify(kind.key), taught: taught[shape] })],
    };
  }
  const parsed = kind.schema.safeParse(value);
  if (parsed.success) return { example: parsed.data };
  return { problems: parsed.error.issues.map(describe) };
}

const taught: Readonly<Record<Shape, Message>> = {
  text: say('training.shape-text'),
  rows: say('training.shape-rows'),
  scores: say('training.shape-scores'),
};

function describe({ path, message, code, input }: z.core.$ZodIssue): Text {
  const name = path.map((part) => (typeof part === 'number' ? `[${String(part)}]` : String(part))).join('.');
  if (code === 'unrecognized_keys') return issueText(message);
  const missing = input === undefined && message.includes('undefined');
  const problem = missing ? say('training.is-missing') : issueText(message);
  return say('training.field', { field: name.replaceAll('.[', '['), problem });
}
