import { AsyncLocalStorage } from 'node:async_hooks';
import type { LiveRelease } from '../contract/live-release.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say, type Message } from '../core/messages/message.ts';
import type { Trust } from '../project/trust/trust.ts';
import type { PlanNode } from './plan.ts';
import type { Ports, Stage, StageContext, StagePlan } from './stage.ts';

/** What a plan is made of, whatever the stages are. */
export interface PlannedProject {
  readonly dir: string;
  readonly trust: Trust;
  /** The sections of the project file, by key. */
  readonly values: Readonly<Record<string, unknown>> & { readonly project: string };
}

/** Any stage: its own plan takes the values of its own sections, which are read by their keys. */
type AnyStage = Pick<Stage, 'name' | 'sections'> & {
  plan?(context: StageContext<never>): StagePlan | Promise<StagePlan>;
};

/**
 * The steps of all stages, in the order of the stages.
 *
 * @param stages where one asks another, neither need stand before the other
 * @throws TOW_FLOW_PLAN_INVALID, and what the stages throw
 */
export async function planStages(
  stages: readonly AnyStage[],
  project: PlannedProject,
  { live, signal }: { readonly live: LiveRelease | undefined; readonly signal: AbortSignal },
): Promise<PlanNode[]> {
  const { dir, trust, values } = project;
  const planned: { readonly at: number; readonly node: PlanNode }[] = [];
  const ports = new PortTable();
  const ends: (() => Promise<void> | undefined)[] = [];
  for (const [at, stage] of stages.entries()) {
    const context: StageContext<never> = {
      ...{ project: values.project, dir, trust, live, signal },
      values: Object.fromEntries(stage.sections.map(({ key }) => [key, values[key]])) as never,
      get nodes() {
        return planned.map(({ node }) => node);
      },
      add(node) {
        planned.push({ at, node });
        return (output) => ({ step: node.name, output });
      },
      need: (name) => ports.ask(stage.name, name),
    };
    const plan = await stage.plan?.(context);
    ports.add(plan?.gives ?? {});
    ends.push(() => plan?.ends?.());
  }
  for (const end of ends) await end();
  return planned.sort((a, b) => a.at - b.at).map(({ node }) => node);
}

/** What the stages give, each made once, when it is first asked for. */
class PortTable {
  readonly #gives = new Map<string, () => unknown>();
  readonly #made = new Map<string, Promise<unknown>>();
  /** Which ports each port waits for. */
  readonly #waits = new Map<string, Set<string>>();
  readonly #asking = new AsyncLocalStorage<string>();

  add(gives: Readonly<Record<string, (() => unknown) | undefined>>): void {
    for (const [name, give] of Object.entries(gives)) if (give !== undefined) this.#gives.set(name, give);
  }

  async ask<Name extends keyof Ports>(stage: string, name: Name): Promise<Ports[Name]> {
    const give = this.#gives.get(name);
    if (give === undefined) throw invalid(say('flow.nobody-gives', { stage, port: name }));
    const by = this.#asking.getStore();
    if (by !== undefined) this.#wait(by, name);
    const made = this.#made.get(name) ?? this.#asking.run(name, async () => await give());
    this.#made.set(name, made);
    return (await made) as Ports[Name];
  }

  #wait(by: string, name: string): void {
    const seen = new Set([name]);
    for (const port of seen) for (const next of this.#waits.get(port) ?? []) seen.add(next);
    if (seen.has(by)) throw invalid(say('flow.ports-circle', { ports: [...new Set([by, ...seen])] }));
    this.#waits.set(by, (this.#waits.get(by) ?? new Set()).add(name));
  }
}

function invalid(problem: Message): TowpathError {
  return new TowpathError('TOW_FLOW_PLAN_INVALID', problem);
}
