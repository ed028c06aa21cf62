import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { Trust } from '../project/trust/trust.ts';
import { planStages } from './plan-stages.ts';
import { defineStep } from './step.ts';
import { defineStage, type Stage, type StagePlan, type StageContext } from './stage.ts';

declare module './stage.ts' {
  interface Ports {
    readonly flour: StepOutput;
    readonly bread: StepOutput;
  }
}

const kind = defineStep({
  name: 'test.step',
  module: 'file:///none',
  params: z.unknown(),
  inputs: [],
  outputs: ['out'],
  run: () => Promise.resolve(),
});

function stage(name: string, plan: (context: StageContext) => StagePlan): Stage {
  return defineStage({ name, sections: [], errors: {}, plan });
}

const mill = (log: string[] = []): Stage =>
  stage('mill', ({ add }) => ({
    gives: {
      flour() {
        log.push('flour');
        return add({ name: 'grind', kind, params: {} })('out');
      },
    },
  }));

const bakery = stage('bakery', ({ need, add }) => ({
  gives: {
    async bread() {
      const flour = await need('flour');
      return add({ name: 'bake', kind, params: {}, inputs: { flour } })('out');
    },
  },
}));

const shop = stage('shop', ({ need, add }) => ({
  async ends() {
    add({
      name: 'sell',
      kind,
      params: {},
      inputs: { bread: await need('bread'), flour: await need('flour') },
    });
  },
}));

const plan = async (stages: readonly Stage[], values: Record<string, unknown> = {}) =>
  await planStages(
    stages,
    { dir: '/p', trust: await Trust.of(import.meta.dirname), values: { project: 'p', ...values } },
    { live: undefined, signal: new AbortController().signal },
  );
const names = async (stages: readonly Stage[]) => (await plan(stages)).map(({ name }) => name);

describe('the steps of stages', () => {
  it('are those that are asked for, in the order of the stages, whoever asks first', async () => {
    expect(await names([mill(), bakery, shop])).toEqual(['grind', 'bake', 'sell']);
    expect(await names([shop, bakery, mill()])).toEqual(['sell', 'bake', 'grind']);
    expect(await names([mill(), bakery])).toEqual([]);
  });

  it('are planned once, however many ask', async () => {
    const log: string[] = [];
    await plan([mill(log), bakery, shop]);
    expect(log).toEqual(['flour']);
  });

  it('name the outputs of others as their inputs', async () => {
    const [, bake] = await plan([mill(), bakery, shop]);
    expect(bake?.inputs).toEqual({ flour: { step: 'grind', output: 'out' } });
  });

  it('see the sections of their own stage alone', async () => {
    const seen: unknown[] = [];
    const section = { key: 'oven', schema: z.unknown() };
    const oven = defineStage({
      ...{ name: 'oven', sections: [section], errors: {} },
      plan({ values }) {
        seen.push(values);
        return {};
      },
    });
    await plan([oven], { oven: { heat: 220 }, shop: 1 });
    expect(seen).toEqual([{ oven: { heat: 220 } }]);
  });

  it('need what some stage gives', async () => {
    await expect(plan([bakery, shop])).rejects.toMatchObject({
      code: 'TOW_FLOW_PLAN_INVALID',
      message: 'the stage bakery needs flour, which no stage gives',
    });
  });

  it('must not wait for each other, in whatever order they are asked', async () => {
    const circle = stage('mill', ({ need }) => ({ gives: { flour: () => need('bread') } }));
    const both = stage('shop', ({ need }) => ({
      async ends() {
        await Promise.all([need('flour'), need('bread')]);
      },
    }));
    for (const last of [shop, both]) {
      await expect(plan([circle, bakery, last])).rejects.toMatchObject({
        code: 'TOW_FLOW_PLAN_INVALID',
        message: expect.stringMatching(
          /^stages wait for each other: (?:bread, flour|flour, bread)$/,
        ) as string,
      });
    }
  });
});
