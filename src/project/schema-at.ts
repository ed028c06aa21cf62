import type { JsonSchema } from './json-schema.ts';
import type { Path } from './problem.ts';

/** The alternatives of a schema, references followed, unions taken apart. */
export function alternatives(node: unknown, root: JsonSchema, depth = 0): JsonSchema[] {
  if (!isSchema(node) || depth > 16) return [];
  const reference = node['$ref'];
  if (typeof reference === 'string') return alternatives(follow(root, reference), root, depth + 1);
  const union = node['anyOf'] ?? node['oneOf'] ?? node['allOf'];
  if (!Array.isArray(union)) return [node];
  const inherited = typeof node['description'] === 'string' ? { description: node['description'] } : {};
  return union.flatMap((branch) =>
    alternatives(branch, root, depth + 1).map((leaf) => ({ ...inherited, ...leaf })),
  );
}

/** The schemas that may hold at a path of the file: several where unions leave it open, none where nothing is known. */
export function schemasAt(root: JsonSchema, path: Path): JsonSchema[] {
  return path.reduce<JsonSchema[]>(
    (nodes, segment) => nodes.flatMap((node) => alternatives(child(node, segment), root)),
    alternatives(root, root),
  );
}

/** The keys that an object at this place may have. */
export function knownKeys(nodes: readonly JsonSchema[]): string[] {
  return [...new Set(nodes.flatMap((node) => Object.keys(propertiesOf(node))))];
}

/** Of the alternatives for an object, those that know most of the keys that it has. */
export function closestTo(value: unknown, nodes: readonly JsonSchema[]): readonly JsonSchema[] {
  if (typeof value !== 'object' || value === null) return nodes;
  const known = nodes.map(
    (node) => Object.keys(propertiesOf(node)).filter((key) => Object.hasOwn(value, key)).length,
  );
  const most = Math.max(0, ...known);
  return nodes.filter((_, index) => known[index] === most);
}

/** Every path of named keys in the schema that ends in this key: where a misplaced key may belong. */
export function pathsEndingIn(root: JsonSchema, key: string): Path[] {
  const found: Path[] = [];
  const walk = (node: JsonSchema, path: Path) => {
    if (path.length > 6) return;
    for (const [name, schema] of Object.entries(propertiesOf(node))) {
      if (name === key) found.push([...path, name]);
      for (const leaf of alternatives(schema, root)) walk(leaf, [...path, name]);
    }
  };
  for (const leaf of alternatives(root, root)) walk(leaf, []);
  return found;
}

export function propertiesOf(node: JsonSchema): Readonly<Record<string, unknown>> {
  const properties = node['properties'];
  return isSchema(properties) ? properties : {};
}

function child(node: JsonSchema, segment: string | number): unknown {
  if (typeof segment === 'number') {
    const prefix = node['prefixItems'];
    return (Array.isArray(prefix) ? (prefix[segment] as unknown) : undefined) ?? node['items'];
  }
  const properties = propertiesOf(node);
  return Object.hasOwn(properties, segment) ? properties[segment] : node['additionalProperties'];
}

function follow(root: JsonSchema, reference: string): unknown {
  if (!reference.startsWith('#')) return undefined;
  return reference
    .slice(1)
    .split('/')
    .filter((part) => part !== '')
    .reduce<unknown>((node, part) => (isSchema(node) ? node[part] : undefined), root);
}

function isSchema(node: unknown): node is JsonSchema {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}
