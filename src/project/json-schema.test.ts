import { expect, it } from 'vitest';
import { editorSchema } from './json-schema.ts';
import { toySections } from './testing/toy-sections.ts';

it('describes what may be written: descriptions, defaults, required keys, no unknown ones', () => {
  const schema = editorSchema(toySections, 'en');
  expect(schema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    required: ['project', 'sources'],
    additionalProperties: false,
    properties: { serve: { properties: { port: { default: 7411, description: 'Port.', maximum: 65535 } } } },
  });
  expect(JSON.stringify(schema)).not.toContain(String(Number.MAX_SAFE_INTEGER));
});
