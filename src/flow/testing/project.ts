import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../core/clock.ts';
import type { Digest } from '../../core/digest.ts';
import { openStore, type Store } from '../../store/open.ts';
import type { FlowEvent } from '../events.ts';
import { openFlow, type Flow, type RunOptions, type RunOutcome } from '../flow.ts';
import { makePlan, type PlanNode } from '../plan.ts';

/** A project in a temporary folder, with a real store and real step processes. */
export interface TestProject {
  readonly dir: string;
  readonly stateDir: string;
  readonly store: Store;
  readonly flow: Flow;
  readonly run: (
    nodes: readonly PlanNode[],
    options?: RunOptions,
  ) => Promise<RunOutcome & { events: FlowEvent[] }>;
  readonly text: (digest: Digest | undefined) => Promise<string>;
  /** What `test.join` steps ran, in order. */
  readonly executions: () => Promise<string[]>;
  readonly close: () => Promise<void>;
}

export async function testProject(): Promise<TestProject> {
  const dir = await mkdtemp(join(tmpdir(), 'towpath-flow-'));
  const stateDir = join(dir, '.towpath');
  const store = await openStore({ dir: stateDir, clock: systemClock });
  const flow = await openFlow({ store, clock: systemClock, projectDir: dir, stateDir, grace: 200 });
  return {
    ...{ dir, stateDir, store, flow },
    async run(nodes, options = {}) {
      const events: FlowEvent[] = [];
      const observer = (event: FlowEvent): void => {
        events.push(event);
        options.observer?.(event);
      };
      return { ...(await flow.run(makePlan(nodes), { ...options, observer })), events };
    },
    async text(digest) {
      return digest === undefined ? '' : await readFile(await store.artifacts.open(digest), 'utf8');
    },
    async executions() {
      const text = await readFile(join(stateDir, 'keep', 'executions'), 'utf8').catch(() => '');
      return text.split('\n').filter(Boolean);
    },
    async close() {
      await store.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
