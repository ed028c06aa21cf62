import type { Lineage, LineageItem } from '../../flow/lineage.ts';
import type { LineageNode, LineageRecord } from '../records/release.ts';

/**
 * Traces as one graph of files, artifacts and releases: the steps between them become their edges and the names of
 * what they wrote.
 */
export function lineageView(subject: string, traces: readonly Lineage[]): LineageRecord {
  const nodes = new Map<string, LineageNode>();
  const edges = new Map<string, { from: string; to: string }>();
  for (const trace of traces) {
    for (const item of trace.items) nodes.set(item.digest, nodeOf(item, trace));
    const made = new Map<string, string[]>();
    for (const { role, key, digest } of trace.edges) {
      if (role === 'output') made.set(key, [...(made.get(key) ?? []), digest]);
    }
    for (const { role, key, digest: from } of trace.edges) {
      if (role === 'output') continue;
      for (const to of made.get(key) ?? []) {
        if (nodes.has(from) && nodes.has(to)) edges.set(`${from} ${to}`, { from, to });
      }
    }
  }
  return { subject, nodes: [...nodes.values()], edges: [...edges.values()] };
}

function nodeOf({ digest, artifact, labels, release }: LineageItem, { edges, steps }: Lineage): LineageNode {
  const output = edges.find((edge) => edge.role === 'output' && edge.digest === digest);
  const step = steps.find(({ key }) => key === output?.key);
  const kind = release !== undefined ? 'release' : labels.length > 0 ? 'source' : 'artifact';
  return {
    id: digest,
    kind,
    label: release ?? labels[0] ?? output?.name ?? artifact?.media ?? 'artifact',
    ...(step !== undefined && { step: step.step, run: step.run }),
  };
}
