import type { JsonSchema } from './json-schema.ts';
import { secretMark } from './secret.ts';
import { alternatives, knownKeys, propertiesOf } from './schema-at.ts';

/** What a place of the file accepts, in words: `a whole number, 1 to 65535`; undefined when anything goes. */
export function describeAccepted(nodes: readonly JsonSchema[], root: JsonSchema): string | undefined {
  const forms = [
    ...new Set(nodes.map((node) => describeOne(node, root)).filter((form) => form !== undefined)),
  ];
  if (forms.length === 0) return undefined;
  const note = noteOf(nodes);
  return note === undefined ? forms.join(' | ') : `${forms.join(' | ')} (${note})`;
}

/** The literal values that a place accepts, for finding the one that was meant. */
export function acceptedLiterals(nodes: readonly JsonSchema[]): string[] {
  return nodes.flatMap(literals).filter((value) => typeof value === 'string');
}

/** `text`, `a whole number`…: the kind of value alone, for a sentence. */
export function describeKinds(nodes: readonly JsonSchema[], root: JsonSchema): string | undefined {
  const kinds = nodes.map((node) => (literals(node).length > 0 ? describeOne(node, root) : kind(node)));
  const known = [...new Set(kinds.filter((word) => word !== undefined))];
  return known.length === 0 ? undefined : known.join(' or ');
}

function describeOne(node: JsonSchema, root: JsonSchema): string | undefined {
  const values = literals(node);
  if (values.length > 0) return values.map((value) => String(value)).join(' | ');
  switch (node['type']) {
    case 'integer':
    case 'number':
      return `${kind(node) ?? ''}${numberRange(node)}`;
    case 'string':
      return describeText(node);
    case 'array':
      return describeList(node, root);
    case 'object':
      return describeMapping(node, root);
    default:
      return kind(node);
  }
}

function literals(node: JsonSchema): unknown[] {
  if (Array.isArray(node['enum'])) return node['enum'];
  return 'const' in node ? [node['const']] : [];
}

const kinds: Record<string, string> = {
  integer: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  null: 'null',
};

function kind(node: JsonSchema): string | undefined {
  const type = node['type'];
  return typeof type === 'string' ? kinds[type] : undefined;
}

function numberRange(node: JsonSchema): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = node as Record<string, number | undefined>;
  if (minimum !== undefined && maximum !== undefined) return `, ${minimum} to ${maximum}`;
  const low =
    minimum !== undefined
      ? `at least ${minimum}`
      : exclusiveMinimum !== undefined && `above ${exclusiveMinimum}`;
  const high =
    maximum !== undefined
      ? `at most ${maximum}`
      : exclusiveMaximum !== undefined && `below ${exclusiveMaximum}`;
  return [low, high]
    .filter((bound) => bound !== false && bound !== undefined)
    .reduce((text, b) => `${text}, ${b}`, '');
}

function describeText(node: JsonSchema): string {
  if (node[secretMark] === true) return 'env:NAME | file:PATH';
  const { minLength, maxLength, pattern, description } = node as Record<string, number | string | undefined>;
  const parts = ['text'];
  if (minLength !== undefined && maxLength !== undefined)
    parts.push(`${minLength} to ${maxLength} characters`);
  else if (minLength !== undefined && Number(minLength) > 1) parts.push(`at least ${minLength} characters`);
  else if (maxLength !== undefined) parts.push(`at most ${maxLength} characters`);
  // A description says it better than a pattern.
  if (pattern !== undefined && description === undefined && String(pattern).length <= 80)
    parts.push(`like ${pattern}`);
  return parts.join(', ');
}

function describeList(node: JsonSchema, root: JsonSchema): string {
  const { minItems, maxItems } = node as Record<string, number | undefined>;
  const items = describeAccepted(
    alternatives(node['items'], root).map((item) => ({ ...item, description: undefined })),
    root,
  );
  const count =
    minItems !== undefined && minItems > 0
      ? `${minItems}${maxItems === undefined ? ' or more' : ` to ${maxItems}`}`
      : maxItems !== undefined && `at most ${maxItems}`;
  return `a list${items === undefined ? '' : ` of ${items}`}${count ? `, ${count}` : ''}`;
}

function describeMapping(node: JsonSchema, root: JsonSchema): string {
  const keys = knownKeys([node]);
  if (keys.length > 0) {
    const required = Array.isArray(node['required']) ? (node['required'] as string[]) : [];
    const names = keys.map((key) => (required.includes(key) && propertiesOf(node)[key] ? key : `${key}?`));
    return `{ ${names.join(', ')} }`;
  }
  const values = describeAccepted(alternatives(node['additionalProperties'], root), root);
  return values === undefined ? 'a mapping' : `a mapping from names to ${values}`;
}

/** One description, when all alternatives share it. */
function noteOf(nodes: readonly JsonSchema[]): string | undefined {
  const notes = new Set(
    nodes
      .filter((node) => node[secretMark] !== true)
      .map(({ description }) => description)
      .filter((note) => typeof note === 'string'),
  );
  const [note] = notes;
  return notes.size === 1 && note !== undefined && note.length <= 160 ? note.replace(/\.$/, '') : undefined;
}
