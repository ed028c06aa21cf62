import type { Json } from '../core/canonical-json.ts';
import { digestJson, type Digest } from '../core/digest.ts';
import { say, type Message } from '../core/messages/message.ts';
import type { ResultInput, StepResult } from '../store/records/result-records.ts';
import type { CheckedNode } from './plan.ts';

export interface KeyParts {
  readonly node: CheckedNode;
  readonly code: Digest;
  readonly inputs: Readonly<Record<string, Digest>>;
}

/** The key of a step: the digest of everything that its result may depend on. */
export function stepKey({ node, code, inputs }: KeyParts): Digest {
  return digestJson({
    kind: node.kind.name,
    outputs: node.kind.outputs,
    code,
    params: node.params,
    inputs,
    external: Object.fromEntries(node.external.map(({ name, digest }) => [name, digest])),
  });
}

/** What the lineage records of a step's inputs. */
export function resultInputs({ node, inputs }: KeyParts): ResultInput[] {
  const artifacts = Object.entries(inputs).map(([name, digest]): ResultInput => {
    const source = node.inputs[name];
    const label = source && 'step' in source ? `${source.step}/${source.output}` : 'artifact';
    return { role: 'input', name, digest, label };
  });
  const files = node.external.map((file): ResultInput => ({ role: 'external', ...file }));
  return [...artifacts, ...files];
}

/** Short digests of parameters by dotted path; lists and what is nested deeper than four levels count as one value. */
export function paramLeaves(params: Json): Record<string, string> {
  const leaves: Record<string, string> = {};
  const visit = (value: Json, path: string, depth: number): void => {
    if (value !== null && typeof value === 'object' && !Array.isArray(value) && depth < 4) {
      for (const [name, member] of Object.entries(value as Record<string, Json | undefined>)) {
        if (member !== undefined) visit(member, path === '' ? name : `${path}.${name}`, depth + 1);
      }
    } else leaves[path || 'value'] = digestJson(value).slice(0, 12);
  };
  visit(params, '', 0);
  return leaves;
}

/** Why a step's key is another one than its last result had, in a few words. */
export function missReason(
  parts: KeyParts,
  latest: StepResult | undefined,
  latestInputs: readonly ResultInput[],
): Message {
  if (!latest) return say('reason.first-run');
  if (latest.code !== parts.code) return say('reason.code');
  const now = paramLeaves(parts.node.params);
  const param = firstDifference(now, latest.params);
  const current = resultInputs(parts);
  const external = changedInput(current, latestInputs, 'external');
  if (external) return say(`reason.source-${external.change}`, { name: external.label });
  if (param !== undefined) return say('reason.parameter', { name: param });
  const input = changedInput(current, latestInputs, 'input');
  if (input) return say(`reason.input-${input.change}`, { name: input.name });
  return say('reason.not-cached');
}

function firstDifference(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): string | undefined {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort().find((name) => a[name] !== b[name]);
}

function changedInput(
  now: readonly ResultInput[],
  before: readonly ResultInput[],
  role: ResultInput['role'],
): { name: string; label: string; change: 'added' | 'changed' | 'removed' } | undefined {
  const old = new Map(before.filter((input) => input.role === role).map((input) => [input.name, input]));
  for (const { name, label, digest } of now.filter((input) => input.role === role)) {
    const was = old.get(name);
    if (!was) return { name, label, change: 'added' };
    if (was.digest !== digest) return { name, label, change: 'changed' };
    old.delete(name);
  }
  const [gone] = old.values();
  return gone && { name: gone.name, label: gone.label, change: 'removed' };
}
