import type { LiveRelease } from '../contract/live-release.ts';
import type { ErrorEntry } from '../core/errors/entry.ts';
import type { SectionValues } from '../project/load.ts';
import type { Section } from '../project/section.ts';
import type { Trust } from '../project/trust/trust.ts';
import type { PlanInput, PlanNode } from './plan.ts';

/**
 * What stages give one another, by name. Each adds what it gives:
 * `declare module '../flow/stage.ts' { interface Ports { dataset: StepOutput } }`.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled where a stage stands
export interface Ports {}

/** An output of a step of the plan. */
export type StepOutput = Extract<PlanInput, { readonly step: string }>;

/** A stage's part of a plan. */
export interface StagePlan {
  /** What others may ask it for; planned when the first does, and once. */
  readonly gives?: { readonly [Name in keyof Ports]?: () => Ports[Name] | Promise<Ports[Name]> };
  /** Plans what is wanted for itself, whether anybody asks for it or not: a release, a card. */
  ends?(): Promise<void>;
}

/** What a stage sees of a project and of the other stages while it plans. */
export interface StageContext<V = unknown> {
  /** Name of the project. */
  readonly project: string;
  /** Absolute path of the project's folder. */
  readonly dir: string;
  /** What the user trusts the project with: files that it names are opened through this. */
  readonly trust: Trust;
  /** The stage's own sections of the project file, by key. */
  readonly values: V;
  /** What a candidate is compared with; absent before the first release. */
  readonly live: LiveRelease | undefined;
  readonly signal: AbortSignal;
  /** The steps planned until now. */
  readonly nodes: readonly PlanNode[];
  /** Adds a step. @returns a function that names its outputs */
  readonly add: (node: PlanNode) => (output: string) => StepOutput;
  /**
   * What another stage gives.
   *
   * @throws TOW_FLOW_PLAN_INVALID when no stage gives it, or stages wait for each other
   */
  readonly need: <Name extends keyof Ports>(name: Name) => Promise<Ports[Name]>;
}

/** A part of the delivery flow: what it reads of `towpath.yaml`, how it can fail, and its steps. */
export interface Stage<S extends readonly Section[] = readonly Section[]> {
  readonly name: string;
  readonly sections: S;
  readonly errors: Readonly<Record<string, ErrorEntry>>;
  /** Left out by a stage without steps. Imports what its steps need when it is called: to read a project file takes none of it. */
  plan?(context: StageContext<SectionValues<S>>): StagePlan | Promise<StagePlan>;
}

/** Declares a stage; keeps the types of its sections. */
export function defineStage<const S extends readonly Section[]>(stage: Stage<S>): Stage<S> {
  return stage;
}
