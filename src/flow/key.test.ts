import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../core/canonical-json.ts';
import { z } from 'zod';
import { digestBytes } from '../core/digest.ts';
import { render } from '../core/messages/message.ts';
import { missReason, paramLeaves, resultInputs, stepKey, type KeyParts } from './key.ts';
import { makePlan, type ExternalFile } from './plan.ts';
import { defineStep } from './step.ts';

const kind = defineStep({
  ...{ name: 'test.any', module: 'file:///none.js', params: z.json(), inputs: [], outputs: ['out'] },
  ...{ optionalInputs: ['in', 'other'], run: () => Promise.resolve() },
});

interface Given {
  readonly params?: unknown;
  readonly code?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

function partsOf({ params = {}, code = 'code', inputs = {}, files = {} }: Given): KeyParts {
  const external = Object.entries(files).map(([name, text]): ExternalFile => ({
    name,
    digest: digestBytes(text),
    label: `docs/${name}`,
  }));
  const made = Object.keys(inputs).map((name) => [name, { artifact: digestBytes('any') }] as const);
  const node = { name: 'a', kind, params, inputs: Object.fromEntries(made), external };
  const [checked] = makePlan([node]).nodes;
  if (!checked) throw new Error('no node');
  const digests = Object.entries(inputs).map(([name, text]) => [name, digestBytes(text)] as const);
  return { node: checked, code: digestBytes(code), inputs: Object.fromEntries(digests) };
}

/** Why the step would be run that has last been run as `before`. */
function reason(before: Given, now: Given): string {
  const parts = partsOf(before);
  const latest = {
    ...{ key: stepKey(parts), step: 'a', kind: 'test.any', code: parts.code, facts: {}, outputs: {} },
    ...{ params: paramLeaves(parts.node.params), run: 'run-1', createdAt: 1, duration: 1 },
  };
  return render(missReason(partsOf(now), latest, resultInputs(parts)), 'en');
}

describe('why a step is run again', () => {
  it.each<[Given, Given, string]>([
    [{ files: {} }, { files: { f: '1' } }, 'source docs/f added'],
    [{ files: { f: '1' } }, { files: { f: '2' } }, 'source docs/f changed'],
    [{ files: { e: '1', f: '1' } }, { files: { e: '1' } }, 'source docs/f removed'],
    [{ inputs: {} }, { inputs: { in: '1' } }, 'input in added'],
    [{ inputs: { in: '1' } }, { inputs: { in: '2' } }, 'input in changed'],
    [{ inputs: { in: '1', other: '1' } }, { inputs: { in: '1' } }, 'input other removed'],
    [{ params: { a: 1 } }, { params: {} }, 'parameter a changed'],
    [{ params: {} }, { params: { a: 1 } }, 'parameter a changed'],
    [
      { params: { b: 1, a: { d: 1, c: 1 } } },
      { params: { b: 2, a: { d: 2, c: 2 } } },
      'parameter a.c changed',
    ],
    [{ params: 1 }, { params: 2 }, 'parameter value changed'],
    [{ code: '1' }, { code: '2', params: { a: 1 }, files: { f: '1' } }, 'code changed'],
    [{ files: { f: '1' }, params: 1 }, { files: { f: '2' }, params: 2 }, 'source docs/f changed'],
    [{ inputs: { in: '1' }, params: 1 }, { inputs: { in: '2' }, params: 2 }, 'parameter value changed'],
    [{ params: 1 }, { params: 1 }, 'not in the cache'],
  ])('from %j to %j: %s', (before, now, expected) => {
    expect(reason(before, now)).toBe(expected);
  });

  it('is not that another input has the name of a source, or the other way round', () => {
    expect(reason({ files: { in: '1' } }, { inputs: { in: '1' } })).toBe('source docs/in removed');
  });
});

describe('the parameters of a result', () => {
  const json = fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).includes('__proto__'));

  it('are equal in all places when they are equal, and differ somewhere when not', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        const [one, other] = [a, b].map((value) => paramLeaves(JSON.parse(JSON.stringify(value)) as Json));
        const same = stepKey(partsOf({ params: a })) === stepKey(partsOf({ params: b }));
        if (same) expect(one).toEqual(other);
        const told = reason({ params: a }, { params: b }).startsWith('parameter ');
        expect(told).toBe(!isDeepStrictEqual(one, other));
      }),
    );
  });

  it('are told by their place, to four levels, lists and what is empty as one', () => {
    const deep = { a: { b: { c: { d: { e: 1 }, f: 2 } } }, list: [{ x: 1 }], none: null };
    expect(Object.keys(paramLeaves(deep))).toEqual(['a.b.c.d', 'a.b.c.f', 'list', 'none']);
    expect(paramLeaves({ list: [{ x: 1 }] })).not.toEqual(paramLeaves({ list: [{ x: 2 }] }));
    expect(paramLeaves({ a: undefined })).toEqual({});
    expect(Object.values(paramLeaves(7))[0]).toMatch(/^[0-9a-f]{12}$/);
  });
});

describe('the inputs of a result', () => {
  it('are named by the step that made them, by their artifact or by their path', () => {
    const source = { name: 'source', kind, params: {} };
    const reader = {
      ...{
        name: 'reader',
        kind,
        params: {},
        external: [{ name: 'f', digest: digestBytes('f'), label: 'f.md' }],
      },
      inputs: { in: { step: 'source', output: 'out' }, other: { artifact: digestBytes('o') } },
    };
    const node = makePlan([source, reader]).nodes[1];
    if (!node) throw new Error('no node');
    const inputs = { in: digestBytes('i'), other: digestBytes('o') };
    expect(resultInputs({ node, code: digestBytes(''), inputs })).toEqual([
      { role: 'input', name: 'in', digest: digestBytes('i'), label: 'source/out' },
      { role: 'input', name: 'other', digest: digestBytes('o'), label: 'artifact' },
      { role: 'external', name: 'f', digest: digestBytes('f'), label: 'f.md' },
    ]);
  });
});
