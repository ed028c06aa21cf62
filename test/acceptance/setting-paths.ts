/** The dotted path of every value that a JSON Schema of the project file lets one write: `sources[].files`. */
export function settingPaths(schema: unknown, path = ''): string[] {
  const node = resolved(schema);
  const branches = [...listOf(node['anyOf']), ...listOf(node['oneOf']), ...listOf(node['allOf'])];
  const objects = [node, ...branches.map(resolved)];
  const members = objects.flatMap((each) => Object.entries(recordOf(each['properties'])));
  if (members.length > 0) {
    const below = members.flatMap(([key, value]) =>
      settingPaths(value, path === '' ? key : `${path}.${key}`),
    );
    return [...new Set(below)];
  }
  const items = objects.map((each) => each['items']).find((each) => each !== undefined);
  const inside = items === undefined ? [] : settingPaths(items, `${path}[]`);
  // A list of plain values is named by the list alone.
  const deeper = inside.filter((each) => each !== `${path}[]`);
  return deeper.length > 0 ? deeper : [path];
}

function resolved(schema: unknown): Readonly<Record<string, unknown>> {
  const node = recordOf(schema);
  if ('$ref' in node) throw new Error(`the schema uses ${String(node['$ref'])}, which is not followed here`);
  return node;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
