import type { z } from 'zod';
import { decode, say, type Message, type Text } from '../core/messages/message.ts';
import { acceptedLiterals, describeAccepted, describeKinds } from './accepted.ts';
import type { JsonSchema } from './json-schema.ts';
import { nearest } from './nearest.ts';
import { formatPath, type Path } from './problem.ts';
import type { Finding } from './reporter.ts';
import { closestTo, knownKeys, pathsEndingIn, propertiesOf, schemasAt } from './schema-at.ts';
import { closestBranch } from './union.ts';

type Issue = z.core.$ZodIssue;

/** What zod found wrong with the value, said in terms of the file. */
export function findings(issues: readonly Issue[], value: unknown, root: JsonSchema): Finding[] {
  const found = issues.flatMap((issue) => fromIssue(issue, [], value, root));
  // `fil` for `file` is one mistake, not an unknown key and a missing one.
  const meant = new Set(
    found
      .filter(({ at, nearest }) => at === 'key' && nearest !== undefined)
      .map((finding) => siblingOf(finding)),
  );
  return found.filter(({ at, path }) => at !== 'parent' || !meant.has(formatPath(path)));
}

function siblingOf({ path, nearest = '' }: Finding): string {
  return formatPath([...path.slice(0, -1), nearest]);
}

function fromIssue(issue: Issue, above: Path, value: unknown, root: JsonSchema): Finding[] {
  const path = [
    ...above,
    ...issue.path.map((segment) => (typeof segment === 'number' ? segment : String(segment))),
  ];
  const nodes = schemasAt(root, path);
  const accepted = describeAccepted(nodes, root);
  const here = valueAt(value, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey([...path, key], closestTo(here, nodes), root));
    case 'invalid_union': {
      if (here === undefined) return [missing(path, accepted)];
      const branch = closestBranch(issue.errors, here);
      if (branch) return branch.flatMap((inner) => fromIssue(inner, path, value, root));
      return [{ path, message: say('problem.no-form'), accepted, nearest: nearestLiteral(here, nodes) }];
    }
    case 'invalid_type':
    case 'invalid_value':
      if (here === undefined) return [missing(path, accepted)];
      return [
        { path, message: mismatch(here, issue, nodes, root), accepted, nearest: nearestLiteral(here, nodes) },
      ];
    default:
      return [{ path, message: messageOf(issue), accepted }];
  }
}

function missing(path: Path, accepted: Text | undefined): Finding {
  return { path, at: 'parent', message: say('problem.missing'), accepted };
}

function unknownKey(path: Path, nodes: readonly JsonSchema[], root: JsonSchema): Finding {
  const key = String(path.at(-1));
  const keys = knownKeys(nodes.filter((node) => !Object.hasOwn(propertiesOf(node), key)));
  const near = nearest(key, keys);
  const here = formatPath(path);
  const elsewhere = near === undefined ? pathsEndingIn(root, key).map(formatPath) : [];
  return {
    path,
    at: 'key',
    message: say('problem.key'),
    ...(keys.length > 0 && { accepted: say('accepted.names', { names: keys }) }),
    nearest: near ?? elsewhere.find((place) => place !== here),
  };
}

function mismatch(value: unknown, issue: Issue, nodes: readonly JsonSchema[], root: JsonSchema): Message {
  if (issue.code === 'invalid_value') return say('problem.value');
  const expected = describeKinds(nodes, root);
  const found = kindOf(value);
  return expected === undefined
    ? say('problem.not-here', { found })
    : say('problem.kind', { found, expected });
}

function kindOf(value: unknown): Text {
  if (value === null) return say('accepted.nothing');
  if (Array.isArray(value)) return say('accepted.array');
  if (typeof value === 'object') return say('accepted.object');
  if (typeof value === 'number' && Number.isFinite(value)) return say('accepted.number');
  return typeof value === 'boolean' || typeof value === 'number' ? String(value) : say('accepted.string');
}

function messageOf(issue: Issue): Text {
  return own(issue.message) ?? builtIn(issue);
}

function builtIn(issue: Issue): Message {
  switch (issue.code) {
    case 'too_big':
      return say(`problem.${sizeOf(issue.origin, 'large', 'long', 'many')}`);
    case 'too_small':
      return say(`problem.${sizeOf(issue.origin, 'small', 'short', 'few')}`);
    case 'invalid_format':
      return say('problem.form');
    case 'not_multiple_of':
      return say('problem.multiple', { divisor: issue.divisor });
    default:
      return say('problem.refused');
  }
}

/** A message that the section's author wrote, told from zod's own by how those begin. */
function own(message: string): Text | undefined {
  return /^(?:Invalid|Too |Unrecognized)/.test(message) ? undefined : decode(message);
}

function sizeOf<T extends string>(origin: string, number: T, text: T, list: T): T {
  if (origin === 'string') return text;
  return origin === 'array' || origin === 'set' || origin === 'map' ? list : number;
}

function nearestLiteral(value: unknown, nodes: readonly JsonSchema[]): string | undefined {
  return typeof value === 'string' ? nearest(value, acceptedLiterals(nodes)) : undefined;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, segment) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, segment)
        ? (at as Record<string | number, unknown>)[segment]
        : undefined,
    value,
  );
}
