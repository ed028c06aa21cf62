import { decode, render, say, type Text } from '../core/messages/message.ts';
import type { JsonSchema } from './json-schema.ts';
import { secretMark } from './secret.ts';
import { alternatives, knownKeys, propertiesOf } from './schema-at.ts';

/** What a place of the file accepts, in words: `a whole number, 1 to 65535`; undefined when anything goes. */
export function describeAccepted(nodes: readonly JsonSchema[], root: JsonSchema): Text | undefined {
  const accepted = joined(
    nodes.map((node) => describeOne(node, root)),
    (one, other) => say('accepted.either', { one, other }),
  );
  const note = noteOf(nodes);
  return accepted === undefined || note === undefined ? accepted : say('accepted.noted', { accepted, note });
}

/** What is said of several, each once. */
function joined(
  forms: readonly (Text | undefined)[],
  join: (one: Text, other: Text) => Text,
): Text | undefined {
  const known = new Map(
    forms.filter((form) => form !== undefined).map((form) => [render(form, 'en'), form] as const),
  );
  const [first, ...rest] = known.values();
  return first === undefined ? undefined : rest.reduce(join, first);
}

/** The literal values that a place accepts, for finding the one that was meant. */
export function acceptedLiterals(nodes: readonly JsonSchema[]): string[] {
  return nodes.flatMap(literals).filter((value) => typeof value === 'string');
}

/** `text`, `a whole number`…: the kind of value alone, for a sentence. */
export function describeKinds(nodes: readonly JsonSchema[], root: JsonSchema): Text | undefined {
  const kinds = nodes.map((node) => (literals(node).length > 0 ? describeOne(node, root) : kind(node)));
  return joined(kinds, (one, other) => say('accepted.or', { one, other }));
}

function describeOne(node: JsonSchema, root: JsonSchema): Text | undefined {
  const values = literals(node);
  if (values.length > 0) return values.map((value) => String(value)).join(' | ');
  switch (node['type']) {
    case 'integer':
    case 'number':
      return numberRange(kinds[node['type']], node);
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

const kinds = {
  integer: say('accepted.integer'),
  number: say('accepted.number'),
  string: say('accepted.string'),
  boolean: say('accepted.boolean'),
  array: say('accepted.array'),
  object: say('accepted.object'),
  null: 'null',
} satisfies Record<string, Text>;

function kind(node: JsonSchema): Text | undefined {
  const type = node['type'];
  return typeof type === 'string' && Object.hasOwn(kinds, type)
    ? kinds[type as keyof typeof kinds]
    : undefined;
}

function numberRange(what: Text, node: JsonSchema): Text {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = node as Record<string, number | undefined>;
  if (minimum !== undefined && maximum !== undefined)
    return say('accepted.range', { what, low: minimum, high: maximum });
  let range = what;
  if (minimum !== undefined) range = say('accepted.least', { what: range, bound: minimum });
  else if (exclusiveMinimum !== undefined)
    range = say('accepted.above', { what: range, bound: exclusiveMinimum });
  if (maximum !== undefined) range = say('accepted.most', { what: range, bound: maximum });
  else if (exclusiveMaximum !== undefined)
    range = say('accepted.below', { what: range, bound: exclusiveMaximum });
  return range;
}

function describeText(node: JsonSchema): Text {
  if (node[secretMark] === true) return 'env:NAME | file:PATH';
  const { minLength: low, maxLength: high } = node as Record<string, number | undefined>;
  let what: Text = kinds.string;
  if (low !== undefined && high !== undefined) what = say('accepted.length', { what, low, high });
  else if (low !== undefined && low > 1) what = say('accepted.longer', { what, bound: low });
  else if (high !== undefined) what = say('accepted.shorter', { what, bound: high });
  // Never its pattern: what a form is, its section says in words.
  return what;
}

function describeList(node: JsonSchema, root: JsonSchema): Text {
  const { minItems: low, maxItems: high } = node as Record<string, number | undefined>;
  const items = describeAccepted(
    alternatives(node['items'], root).map((item) => ({ ...item, description: undefined })),
    root,
  );
  const what = items === undefined ? kinds.array : say('accepted.list-of', { items });
  if (low !== undefined && low > 0)
    return high === undefined
      ? say('accepted.or-more', { what, least: low })
      : say('accepted.entries', { what, low, high });
  return high === undefined ? what : say('accepted.at-most', { what, most: high });
}

function describeMapping(node: JsonSchema, root: JsonSchema): Text {
  const keys = knownKeys([node]);
  if (keys.length > 0) {
    const required = Array.isArray(node['required']) ? (node['required'] as string[]) : [];
    const names = keys.map((key) => (required.includes(key) && propertiesOf(node)[key] ? key : `${key}?`));
    return `{ ${names.join(', ')} }`;
  }
  const values = describeAccepted(alternatives(node['additionalProperties'], root), root);
  return values === undefined ? kinds.object : say('accepted.mapping-to', { values });
}

/** One description, when all alternatives share it. */
function noteOf(nodes: readonly JsonSchema[]): Text | undefined {
  const notes = new Set(
    nodes
      .filter((node) => node[secretMark] !== true)
      .map(({ description }) => description)
      .filter((note) => typeof note === 'string'),
  );
  const [note] = notes;
  if (notes.size !== 1 || note === undefined) return undefined;
  const text = decode(note);
  return render(text, 'en').length > 160 ? undefined : text;
}
