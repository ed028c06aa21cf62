import { expect, it } from 'vitest';
import { entryOf } from '../core/errors/registry.ts';
import { sections, stages } from './stages.ts';

it('every key of the project file belongs to one stage', () => {
  const keys = sections.map(({ key }) => key);
  expect(keys).toEqual([...new Set(keys)]);
  expect(keys).toEqual([
    ...['project', 'sources', 'data', 'models', 'index', 'train', 'qa', 'evaluate', 'serve'],
  ]);
});

it.each(stages.map((stage) => [stage.name, stage] as const))(
  'the errors of %s are known to every program',
  (_, { errors }) => {
    for (const [code, entry] of Object.entries(errors)) expect([code, entryOf(code)]).toEqual([code, entry]);
  },
);
