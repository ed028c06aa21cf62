import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { digestBytes } from '../core/digest.ts';
import { render } from '../core/messages/message.ts';
import { missReason, paramLeaves, resultInputs, stepKey, type KeyParts } from './key.ts';
import { makePlan, type PlanNode } from './plan.ts';
import { defineStep } from './step.ts';

const kind = defineStep({
  name: 'test.any',
  module: 'file:///none.js',
  params: z.record(z.string(), z.json()),
  inputs: [],
  optionalInputs: Array.from({ length: 12 }, (_, at) => `i${String(at)}`),
  outputs: ['out'],
  run: () => Promise.resolve(),
});

const node = (name: string, needs: string[] = [], params: unknown = {}): PlanNode => ({
  ...{ name, kind, params },
  inputs: Object.fromEntries(needs.map((step, at) => [`i${String(at)}`, { step, output: 'out' }])),
});

/** Any graph without cycles, its steps in any order. */
const graph = fc
  .integer({ min: 1, max: 12 })
  .chain((size) =>
    fc.tuple(
      fc.array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: size, maxLength: size }),
      fc.shuffledSubarray(
        Array.from({ length: size }, (_, at) => at),
        { minLength: size },
      ),
    ),
  )
  .map(([wishes, order]) => {
    const nodes = wishes.map((some, at) => {
      const needs = at === 0 ? [] : [...new Set(some.map((wish) => `s${String(wish % at)}`))];
      return node(`s${String(at)}`, needs);
    });
    return order.flatMap((at) => nodes[at] ?? []);
  });

describe('a plan', () => {
  it('puts every step after all that it needs, each once', () => {
    fc.assert(
      fc.property(graph, (nodes) => {
        const seen = new Set<string>();
        for (const { name, needs } of makePlan(nodes).nodes) {
          expect(needs.every((need) => seen.has(need))).toBe(true);
          seen.add(name);
        }
        expect(seen.size).toBe(nodes.length);
      }),
    );
  });

  it('names every step of a cycle, wherever it is hung in', () => {
    fc.assert(
      fc.property(graph, fc.integer({ min: 1, max: 5 }), (nodes, length) => {
        const ring = Array.from({ length }, (_, at) =>
          node(`ring${String(at)}`, [`ring${String((at + 1) % length)}`, ...(at === 0 ? ['s0'] : [])]),
        );
        expect(() => makePlan([...nodes, ...ring])).toThrow(/ring\d depends on itself: (ring\d( -> )?){2,}$/);
      }),
    );
  });

  it('takes a chain of thousands', () => {
    const size = 5000;
    const nodes = Array.from({ length: size }, (_, at) =>
      node(`s${String(at)}`, at + 1 < size ? [`s${String(at + 1)}`] : []),
    );
    expect(makePlan(nodes).nodes[0]?.name).toBe(`s${String(size - 1)}`);
  });

  it.each([
    [[node('a', ['b'])], 'reads i0 from the step b, which is not in the plan'],
    [[node('a'), node('a')], 'is the name of two steps'],
    [[node('../a')], 'is not a name for a step'],
    [[{ ...node('a'), inputs: { other: { artifact: digestBytes('') } } }], 'has no input named other'],
    [[node('b'), { ...node('a'), inputs: { i0: { step: 'b', output: 'x' } } }], 'which has only: out'],
    [[{ ...node('a'), kind: { ...kind, inputs: ['must'] } }], 'lacks the input must'],
    [[node('a', [], 3)], 'its parameters are not those of test.any'],
  ])('refuses what does not hold together (%#)', (nodes, message) => {
    expect(() => makePlan(nodes)).toThrow(message);
  });
});

describe('a key', () => {
  const parts = (params: unknown, more: Partial<KeyParts> = {}): KeyParts => {
    const [checked] = makePlan([node('a', [], params)]).nodes;
    if (!checked) throw new Error('no node');
    return { node: checked, code: digestBytes('code'), inputs: {}, ...more };
  };

  it('is the same for the same parameters in another order and differs for others', () => {
    const record = fc.dictionary(
      fc.string({ minLength: 1 }),
      fc.oneof(fc.integer(), fc.string(), fc.boolean()),
    );
    fc.assert(
      fc.property(record, record, (a, b) => {
        const reversed = Object.fromEntries(Object.entries(a).reverse());
        expect(stepKey(parts(reversed))).toBe(stepKey(parts(a)));
        const same = JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
        expect(stepKey(parts(a)) === stepKey(parts(b))).toBe(same);
      }),
    );
  });

  it('depends on code, inputs and external files', () => {
    const keys = [
      parts({}),
      parts({}, { code: digestBytes('other') }),
      parts({}, { inputs: { i0: digestBytes('x') } }),
      parts({}, { inputs: { i1: digestBytes('x') } }),
      {
        ...parts({}),
        node: { ...parts({}).node, external: [{ name: 'f', digest: digestBytes(''), label: 'f' }] },
      },
    ].map(stepKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('says which parameter made it another', () => {
    const before = parts({ split: { train: 0.9 }, mask: ['email'] });
    const latest = {
      ...{ key: stepKey(before), step: 'a', kind: 'test.any', code: before.code, facts: {}, outputs: {} },
      ...{ params: paramLeaves(before.node.params), run: 'run-1', createdAt: 1, duration: 1 },
    };
    const after = parts({ split: { train: 0.8 }, mask: ['email'] });
    const reason = (...args: Parameters<typeof missReason>) => render(missReason(...args), 'en');
    expect(reason(after, latest, resultInputs(before))).toBe('parameter split.train changed');
    expect(reason({ ...before, code: digestBytes('new') }, latest, [])).toBe('code changed');
    expect(reason(after, undefined, [])).toBe('first run');
  });
});
