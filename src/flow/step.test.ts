import { expect, it } from 'vitest';
import { digestBytes } from '../core/digest.ts';
import { requiredInput } from './step.ts';

it('an input that every plan gives a step is there, or is missed by name', () => {
  const input = { digest: digestBytes(''), path: '/a' };
  expect(requiredInput({ dataset: input }, 'dataset')).toBe(input);
  const missed = expect.objectContaining({
    ...{ code: 'TOW_FLOW_PLAN_INVALID', message: 'the plan gives no input model' },
  }) as Error;
  expect(() => requiredInput({ dataset: input }, 'model')).toThrow(missed);
});
