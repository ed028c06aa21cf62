import type { Json } from '../core/canonical-json.ts';
import { digestJson, type Digest } from '../core/digest.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say, type Message } from '../core/messages/message.ts';
import type { StepKind } from './step.ts';

/** Where an input comes from: the output of another step of the plan, or an artifact that exists. */
export type PlanInput = { readonly step: string; readonly output: string } | { readonly artifact: Digest };

/** A file outside the store that a step reads; its digest is part of the key and it shows in the lineage. */
export interface ExternalFile {
  readonly name: string;
  readonly digest: Digest;
  /** How people name it: its path in the project. */
  readonly label: string;
}

export interface PlanNode {
  /** Unique in the plan: letters, digits, `.`, `_`, `-`; also the name of its log file. */
  readonly name: string;
  readonly kind: StepKind;
  /** Parsed by the kind's schema; JSON only. */
  readonly params: unknown;
  readonly inputs?: Readonly<Record<string, PlanInput>>;
  readonly external?: readonly ExternalFile[];
  /**
   * Decides parameters and inputs once the steps it depends on have ended, where they follow from what those made.
   * Must be a pure function; may add inputs that are artifacts, not edges.
   */
  readonly late?: (outputs: OutputDigest, given: LateParts) => LateParts;
}

/** Digest of an output of a step that has ended. */
export type OutputDigest = (step: string, output: string) => Digest;

export interface LateParts {
  readonly params: unknown;
  readonly inputs: Readonly<Record<string, PlanInput>>;
}

/** A graph of steps, in an order in which each comes after what it needs. */
export interface Plan {
  readonly nodes: readonly CheckedNode[];
  /** Digest of names, kinds, parameters and inputs; the code is not in it. */
  readonly digest: Digest;
}

export interface CheckedNode extends PlanNode {
  readonly params: Json;
  readonly inputs: Readonly<Record<string, PlanInput>>;
  readonly external: readonly ExternalFile[];
  /** Names of the steps whose outputs it reads. */
  readonly needs: readonly string[];
}

/**
 * Checks a graph and puts it in order; steps that do not depend on one another keep the order they were given in.
 *
 * @throws TOW_FLOW_PLAN_INVALID naming the step
 */
export function makePlan(nodes: readonly PlanNode[]): Plan {
  const byName = new Map<string, CheckedNode>();
  for (const node of nodes) {
    if (!/^[A-Z0-9][\w.-]{0,79}$/i.test(node.name)) throw invalid(node.name, say('flow.no-name'));
    if (byName.has(node.name)) throw invalid(node.name, say('flow.name-twice'));
    byName.set(node.name, checkNode(node));
  }
  for (const node of byName.values()) {
    for (const [name, input] of Object.entries(node.inputs)) {
      if (!('step' in input)) continue;
      const source = byName.get(input.step);
      if (!source) throw invalid(node.name, say('flow.reads-unknown', { input: name, other: input.step }));
      if (!source.kind.outputs.includes(input.output)) {
        const { outputs } = source.kind;
        const text = say('flow.reads-no-output', { output: input.output, other: input.step, outputs });
        throw invalid(node.name, text);
      }
    }
  }
  const ordered = inOrder(byName);
  const digest = digestJson(
    ordered.map(({ name, kind, params, inputs, external }) => ({
      ...{ name, kind: kind.name, params, inputs },
      external: external.map((file) => [file.name, file.digest]),
    })),
  );
  return { nodes: ordered, digest };
}

function checkNode(node: PlanNode): CheckedNode {
  const { kind, inputs = {}, external = [] } = node;
  const parsed = kind.params.safeParse(node.params);
  if (!parsed.success) {
    throw new TowpathError(
      'TOW_FLOW_PLAN_INVALID',
      say('flow.other-params', { step: node.name, kind: kind.name }),
      {
        where: say('where.step', { step: node.name }),
        cause: parsed.error,
      },
    );
  }
  const optional = kind.optionalInputs ?? [];
  for (const name of kind.inputs) {
    if (!(name in inputs) && !optional.includes(name))
      throw invalid(node.name, say('flow.lacks-input', { input: name }));
  }
  for (const name of Object.keys(inputs)) {
    if (!kind.inputs.includes(name) && !optional.includes(name))
      throw invalid(node.name, say('flow.no-input', { input: name }));
  }
  const externals = external.map(({ name }) => name);
  if (new Set(externals).size < externals.length) throw invalid(node.name, say('flow.external-twice'));
  const needs = new Set(Object.values(inputs).flatMap((input) => ('step' in input ? [input.step] : [])));
  return { ...node, params: parsed.data as Json, inputs, external, needs: [...needs] };
}

/** The node with what its `late` decides, checked like any other. */
export function decideLate(node: CheckedNode, outputs: OutputDigest): CheckedNode {
  if (!node.late) return node;
  const decided = checkNode({ ...node, ...node.late(outputs, { params: node.params, inputs: node.inputs }) });
  const added = decided.needs.find((name) => !node.needs.includes(name));
  if (added !== undefined) throw invalid(node.name, say('flow.asks-late', { other: added }));
  return decided;
}

function inOrder(byName: ReadonlyMap<string, CheckedNode>): CheckedNode[] {
  const ordered: CheckedNode[] = [];
  const state = new Map<string, 'open' | 'done'>();
  // A stack of its own instead of recursion: a chain may be longer than the call stack is deep.
  for (const start of byName.keys()) {
    const stack: { name: string; next: number }[] = [{ name: start, next: 0 }];
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      const node = top && byName.get(top.name);
      if (!top || !node || state.get(top.name) === 'done') {
        stack.pop();
        continue;
      }
      state.set(top.name, 'open');
      const need = node.needs[top.next];
      if (need === undefined) {
        state.set(top.name, 'done');
        ordered.push(node);
        stack.pop();
        continue;
      }
      top.next += 1;
      if (state.get(need) === 'open') {
        const names = stack.map(({ name }) => name);
        const cycle = [...names.slice(names.indexOf(need)), need];
        throw invalid(need, say('flow.circle', { path: cycle.join(' -> ') }));
      }
      stack.push({ name: need, next: 0 });
    }
  }
  return ordered;
}

function invalid(step: string, problem: Message): TowpathError {
  const text = say('flow.plan-step', { step, problem });
  return new TowpathError('TOW_FLOW_PLAN_INVALID', text, { where: say('where.step', { step }) });
}
