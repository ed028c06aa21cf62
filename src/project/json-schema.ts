import { z } from 'zod';
import { decode, render, say, type Speech } from '../core/messages/message.ts';
import type { Section } from './section.ts';

export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/**
 * The JSON Schema (2020-12) of the whole project file, for explaining mistakes: what may be written, before defaults are
 * filled in. Its descriptions are encoded texts: who reads them is not known yet.
 */
export function projectJsonSchema(sections: readonly Section[]): JsonSchema {
  const whole = z.strictObject(Object.fromEntries(sections.map(({ key, schema }) => [key, schema])));
  const schema = z.toJSONSchema(whole, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return withoutSafeIntegerBounds(schema) as JsonSchema;
}

/**
 * The same for editors, in words. Name it in the file's first line to have it used:
 * `# yaml-language-server: $schema=./.towpath/schema.json`
 */
export function editorSchema(sections: readonly Section[], language: Speech): JsonSchema {
  const { $schema, ...rest } = inWords(projectJsonSchema(sections), language) as JsonSchema;
  return {
    $schema,
    title: render(say('setting.file'), language),
    description: render(say('setting.file-holds'), language),
    ...rest,
  };
}

const stop = { en: '.', zh: '。' } as const;

function inWords(node: unknown, language: Speech): unknown {
  if (Array.isArray(node)) return node.map((each) => inWords(each, language));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]: [string, unknown]) => [
      key,
      key === 'description' && typeof value === 'string'
        ? `${render(decode(value), language)}${stop[language]}`
        : inWords(value, language),
    ]),
  );
}

/** zod bounds every whole number by what a double holds exactly: noise to a reader. */
function withoutSafeIntegerBounds(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutSafeIntegerBounds);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(
        ([key, value]) =>
          !(key === 'maximum' && value === Number.MAX_SAFE_INTEGER) &&
          !(key === 'minimum' && value === Number.MIN_SAFE_INTEGER),
      )
      .map(([key, value]) => [key, withoutSafeIntegerBounds(value)]),
  );
}
