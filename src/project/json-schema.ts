import { z } from 'zod';
import type { Section } from './section.ts';

export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/**
 * The JSON Schema (2020-12) of the whole project file, for editors and for explaining mistakes: what may be written,
 * before defaults are filled in. Name it in the file's first line to have it used:
 * `# yaml-language-server: $schema=./.towpath/schema.json`
 */
export function projectJsonSchema(sections: readonly Section[]): JsonSchema {
  const whole = z.strictObject(Object.fromEntries(sections.map(({ key, schema }) => [key, schema])));
  const schema = z.toJSONSchema(whole, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  const { $schema, ...rest } = withoutSafeIntegerBounds(schema) as JsonSchema;
  return {
    $schema,
    title: 'Towpath project file',
    description: 'towpath.yaml: the sources, models, gates and service of one project',
    ...rest,
  };
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
