import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { digestBytes } from '../core/digest.ts';
import { render } from '../core/messages/message.ts';
import { missReason, paramLeaves, resultInputs, stepKey, type KeyParts } from './key.ts';
import { decideLate, makePlan, type LateParts, type PlanNode } from './plan.ts';
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

const file = (name: string, text: string) => ({ name, digest: digestBytes(text), label: `docs/${name}` });

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
    [[node('a', ['a'])], 'a depends on itself: a -> a'],
    [[node('c', ['a']), node('a', ['b']), node('b', ['a'])], 'a depends on itself: a -> b -> a'],
    [[{ ...node('a'), external: [file('f', '1'), file('f', '2')] }], 'a names an external file twice'],
  ])('refuses what does not hold together (%#)', (nodes, message) => {
    const refused = expect.objectContaining({
      ...{ code: 'TOW_FLOW_PLAN_INVALID', message: expect.stringContaining(message) as string },
      where: expect.stringMatching(/^step (?:\.\.\/)?a$/) as string,
    }) as Error;
    expect(() => makePlan(nodes)).toThrow(refused);
  });

  it.each(['a', 'A-b_c.9', '9', `a${'b'.repeat(79)}`])('takes the name %s', (name) => {
    expect(makePlan([node(name)]).nodes[0]?.name).toBe(name);
  });

  it.each(['', '.a', '-a', 'a b', 'a/b', 'ä', `a${'b'.repeat(80)}`, 'a\n'])(
    'does not take the name %j',
    (name) => {
      expect(() => makePlan([node(name)])).toThrow('is not a name for a step');
    },
  );

  it('takes an input that is named twice as one need, and one that may be left out for none', () => {
    const must = { ...kind, inputs: ['must'], optionalInputs: ['must', 'may'] };
    expect(makePlan([{ name: 'a', kind: must, params: {} }]).nodes[0]?.needs).toEqual([]);
    const plan = makePlan([node('a', ['b', 'b']), node('b')]);
    expect(plan.nodes.map(({ name, needs }) => [name, needs])).toEqual([
      ['b', []],
      ['a', ['b']],
    ]);
  });

  it('has the same digest for the same work, and another for any other', () => {
    const digestOf = (...nodes: PlanNode[]) => makePlan(nodes).digest;
    const other = { ...kind, name: 'test.other' };
    const plans = [
      ...[[node('a')], [node('b')], [{ ...node('a'), kind: other }], [node('a', [], { x: 1 })]],
      ...[
        [node('a'), node('b')],
        [node('b'), node('a')],
        [node('b'), node('a', ['b'])],
      ],
      ...['1', '2'].map((text) => [{ ...node('a'), external: [file('f', text)] }]),
      ...[[{ ...node('a'), external: [file('g', '1')] }]],
      ...['1', '2'].map((text) => [{ ...node('a'), inputs: { i0: { artifact: digestBytes(text) } } }]),
    ];
    const digests = plans.map((nodes) => digestOf(...nodes));
    expect(new Set(digests).size).toBe(plans.length);
    expect(plans.map((nodes) => digestOf(...nodes))).toEqual(digests);
    expect(digestOf({ ...node('a'), external: [{ ...file('f', '1'), label: 'renamed' }] })).toBe(digests[7]);
  });
});

describe('a step whose parts are decided late', () => {
  const decide = (late: (given: LateParts) => LateParts, needs: string[] = ['b']) => {
    const nodes = [
      { ...node('a', needs), late: (_: unknown, given: LateParts) => late(given) },
      node('b'),
      node('c'),
    ];
    const checked = makePlan(nodes).nodes.find(({ name }) => name === 'a');
    if (!checked) throw new Error('no node');
    return decideLate(checked, () => digestBytes('b'));
  };

  it('has the parameters and inputs that follow from what came before', () => {
    const artifact = digestBytes('more');
    const decided = decide(({ params, inputs }) => ({
      params: { ...(params as object), more: 1 },
      inputs: { ...inputs, i5: { artifact } },
    }));
    expect(decided).toMatchObject({ name: 'a', params: { more: 1 }, needs: ['b'] });
    expect(decided.inputs).toEqual({ i0: { step: 'b', output: 'out' }, i5: { artifact } });
  });

  it('is told the outputs of the steps that it needs', () => {
    const late: PlanNode['late'] = (outputs) => ({ params: { digest: outputs('b', 'out') }, inputs: {} });
    const [, checked] = makePlan([node('b'), { ...node('a', ['b']), late }]).nodes;
    const asked: string[] = [];
    const outputs = (step: string, output: string) => {
      asked.push(`${step}/${output}`);
      return digestBytes('b');
    };
    expect(checked && decideLate(checked, outputs).params).toEqual({ digest: digestBytes('b') });
    expect(asked).toEqual(['b/out']);
  });

  it('may not ask for another step, nor for what its kind does not take', () => {
    const inputs = { i0: { step: 'c', output: 'out' } };
    expect(() => decide(({ params }) => ({ params, inputs }))).toThrow(/step a .*\bc\b/);
    expect(() => decide(() => ({ params: 3, inputs: {} }))).toThrow(
      'its parameters are not those of test.any',
    );
    expect(() => decide(() => ({ params: {}, inputs: { x: { artifact: digestBytes('') } } }))).toThrow(
      'has no input named x',
    );
  });

  it('is as it was given where nothing is decided late', () => {
    const [checked] = makePlan([node('a')]).nodes;
    expect(checked && decideLate(checked, () => digestBytes(''))).toBe(checked);
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
