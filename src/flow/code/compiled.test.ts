import { expect, it } from 'vitest';
import { compiledModule } from './compiled.ts';

it.each([
  ['file:///p/src/flow/step.ts', 'file:///p/dist/flow/step.js'],
  ['file:///src/p/src/flow/step.ts', 'file:///src/p/dist/flow/step.js'],
  ['/src/step.ts', '/dist/step.js'],
  ['file:///p/dist/flow/step.js', 'file:///p/dist/flow/step.js'],
  ['file:///p/src/flow/testing/steps.mjs', 'file:///p/src/flow/testing/steps.mjs'],
  ['file:///p/lib/step.ts', 'file:///p/lib/step.ts'],
])('the compiled twin of %s is %s', (source, compiled) => {
  expect(compiledModule(source)).toBe(compiled);
});
