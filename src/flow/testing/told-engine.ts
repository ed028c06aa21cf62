import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { systemClock, type Clock } from '../../core/clock.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import { openStore, type Store } from '../../store/open.ts';
import type { FlowEvent } from '../events.ts';
import { openFlow, type Flow, type RunOptions, type RunOutcome } from '../flow.ts';
import { makePlan, type PlanNode } from '../plan.ts';
import type { StepKind } from '../step.ts';
import { toldExecutor, type Act } from './told-executor.ts';

export const toldKind: StepKind = {
  ...{ name: 'test.told', module: new URL('./suffix.mjs', import.meta.url).href, params: z.json() },
  ...{ inputs: [], optionalInputs: ['a', 'b', 'c'], outputs: ['out'], run: () => Promise.resolve() },
};

export function toldNode(
  name: string,
  needs: readonly string[] = [],
  more: Partial<PlanNode> = {},
): PlanNode {
  const inputs = needs.map((step, at) => ['abc'[at] ?? '', { step, output: 'out' }] as const);
  return { name, kind: toldKind, params: { name }, inputs: Object.fromEntries(inputs), ...more };
}

/** A step that fails with an error that has no code of its own. */
export const fails: Act = () =>
  Promise.resolve({
    type: 'failed',
    error: new TowpathError('TOW_FLOW_STEP_FAILED', say('said.verbatim', { words: 'no' })).toRecord(),
  });

/** The engine of a project over a real store, with an executor that is told how its tasks end. */
export interface ToldEngine {
  readonly dir: string;
  readonly store: Store;
  readonly flow: Flow;
  /** What a step does, by its name. @default it is done at once */
  readonly acts: Record<string, Act>;
  readonly told: ReturnType<typeof toldExecutor>;
  /** Of the last run. */
  readonly events: FlowEvent[];
  readonly run: (nodes: readonly PlanNode[], options?: RunOptions) => Promise<RunOutcome>;
  /** Names of the steps that ran, in order. */
  readonly ran: () => string[];
  /** The events of the last run, each with its step. */
  readonly kinds: () => string[];
  readonly close: () => Promise<void>;
}

export async function toldEngine(clock: Partial<Clock> = {}): Promise<ToldEngine> {
  const dir = await mkdtemp(join(tmpdir(), 'towpath-engine-'));
  const stateDir = join(dir, '.towpath');
  const store = await openStore({ dir: stateDir, clock: systemClock });
  const acts: Record<string, Act> = {};
  const told = toldExecutor(dir, acts);
  const flow = await openFlow({
    ...{ store, projectDir: dir, stateDir, executor: told.executor, clock: { ...systemClock, ...clock } },
  });
  const events: FlowEvent[] = [];
  return {
    ...{ dir, store, flow, acts, told, events },
    async run(nodes, options = {}) {
      events.length = 0;
      const observer = (event: FlowEvent): void => {
        events.push(event);
        options.observer?.(event);
      };
      return await flow.run(makePlan(nodes), { ...options, observer });
    },
    ran: () => told.tasks.map(({ step }) => step),
    kinds: () => events.map((event) => `${event.type}${'step' in event ? ` ${event.step}` : ''}`),
    async close() {
      await store.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export function statuses({ steps }: RunOutcome): Record<string, string> {
  return Object.fromEntries([...steps].map(([name, { status }]) => [name, status] as const).sort());
}
