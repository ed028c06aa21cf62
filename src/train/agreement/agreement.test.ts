import { describe, expect, test } from 'vitest';
import { render } from '../../core/messages/message.ts';
import { agreementOf } from './agreement.ts';
import type { Reference } from './reference.ts';

const reference: Reference = {
  schema: 1,
  prompts: [
    { tokens: [1, 2], next: [3, 4, 5], gaps: [2, 0.5, 1] },
    { tokens: [6], next: [7, 8, 9], gaps: [1, 0.009, 3] },
  ],
  texts: [[1, 2, 3]],
  surprise: Math.log(20),
  scored: 2,
};
const alike = reference.prompts.map(({ next }) => next);
const run = (next: readonly (readonly number[])[], perplexity = 20) => ({
  next,
  surprise: Math.log(perplexity),
});

describe('agreementOf', () => {
  test('finds no fault in a run that says the same', () => {
    const found = agreementOf(reference, run(alike), 'F16', false);
    expect(found).toMatchObject({ identical: 2, ties: 0, differences: [], faults: [] });
    expect(found.perplexity.excess).toBeCloseTo(0, 12);
  });

  test('a token that PyTorch itself hesitated over is a tie, and no fault', () => {
    const found = agreementOf(
      reference,
      run([
        [3, 4, 5],
        [7, 1, 2],
      ]),
      'F16',
      false,
    );
    expect(found).toMatchObject({ identical: 1, ties: 1, faults: [] });
    expect(found.differences).toEqual([{ prompt: 1, at: 1, pytorch: 8, llama: 1, gap: 0.009 }]);
  });

  test('any other token is a fault at f16, and reported only where blocks are quantised', () => {
    const other = run([
      [3, 9, 9],
      [7, 8, 9],
    ]);
    const { faults } = agreementOf(reference, other, 'F16', false);
    expect(faults.map((fault) => render(fault, 'en'))).toEqual([
      '1 of 2 prompts are continued otherwise: 1 (by 0.50 logits)',
    ]);
    expect(faults.map((fault) => render(fault, 'zh'))).toEqual([
      '2 个提示词中有 1 个的续写不同：第 1 个（相差 0.50 logit）',
    ]);
    expect(agreementOf(reference, other, 'Q8_0', false)).toMatchObject({ identical: 1, faults: [] });
  });

  test('a continuation that ends early differs where it ends', () => {
    const { differences } = agreementOf(reference, run([[3], [7, 8, 9]]), 'F16', false);
    expect(differences).toEqual([{ prompt: 0, at: 1, pytorch: 4, llama: null, gap: 0.5 }]);
  });

  test.each([
    ['F16', false, 0.005],
    ['Q8_0', false, 0.02],
    ['Q4_0', false, 0.25],
    ['Q4_1', true, 0.02],
    ['F16', true, 0.005],
  ])('at %s (adapter: %s) perplexity may differ by %d', (quantisation, adapter, bound) => {
    for (const sign of [1, -1]) {
      const within = run(alike, 20 * (1 + sign * bound * 0.99));
      const beyond = run(alike, 20 * (1 + sign * bound * 1.01));
      expect(agreementOf(reference, within, quantisation, adapter).faults).toEqual([]);
      expect(agreementOf(reference, beyond, quantisation, adapter).faults).toHaveLength(1);
    }
  });

  test('a perplexity that is no number is a fault', () => {
    expect(agreementOf(reference, run(alike, Number.NaN), 'Q4_0', false).faults).toHaveLength(1);
  });
});
