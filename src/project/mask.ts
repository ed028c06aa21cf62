import { isMap, isScalar, isSeq, type Node } from 'yaml';
import type { JsonSchema } from './json-schema.ts';
import { editDistance } from './nearest.ts';
import { rangeOf, resolved, type ParsedYaml } from './parse.ts';
import type { Path } from './problem.ts';
import { schemasAt } from './schema-at.ts';
import { isSecretReference } from './secret-reference.ts';
import { secretMark } from './secret.ts';

const secretWords = [
  'token',
  'secret',
  'password',
  'passwd',
  'credential',
  'credentials',
  'apikey',
  'authorization',
];

/** A line such as `api_key: abc`, for text that cannot be parsed. */
const secretLine =
  /((?:token|secret|passw(?:or)?d|credentials?|api[_-]?key|authorization)["']?[ \t]*[:=][ \t]*)([^ \t\n][^\n]*)/gi;

/**
 * The file's text with every literal secret replaced by asterisks of the same length, so that positions stay: values of
 * fields that the schema marks as secret, and of keys whose names say so, misspelt ones included.
 */
export function maskedText(parsed: ParsedYaml, schema: JsonSchema): string {
  const { text, document } = parsed;
  const chars = text.split('');
  const cover = (start: number, end: number) => {
    for (let at = start; at < end; at++) if (chars[at] !== '\n' && chars[at] !== '\r') chars[at] = '*';
  };
  if (parsed.value !== undefined) {
    for (const node of secretNodes(resolved(document.contents, document), parsed, schema)) {
      const { start, end } = rangeOf(node);
      cover(start, end);
    }
  } else {
    for (const match of text.matchAll(secretLine)) {
      const [whole, before = '', value = ''] = match;
      const bare = value.trim().replace(/^["']|["'],?\s*[}\]]*$/g, '');
      if (!isSecretReference(bare)) cover(match.index + before.length, match.index + whole.length);
    }
  }
  return chars.join('');
}

function* secretNodes(root: Node | undefined, parsed: ParsedYaml, schema: JsonSchema): Generator<Node> {
  const seen = new Set<Node>();
  const open: { node: Node | undefined; path: Path }[] = [{ node: root, path: [] }];
  for (let item = open.pop(); item; item = open.pop()) {
    const { node, path } = item;
    if (!node || seen.has(node)) continue;
    if (isSecretAt(path, schema) && !(isScalar(node) && isSecretReference(String(node.value)))) yield node;
    // An anchor used in two places is looked at once: its first place decides for its children.
    if (isMap(node) || isSeq(node)) seen.add(node);
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        const name = isScalar(key) ? String(key.value) : '';
        open.push({ node: resolved(value, parsed.document), path: [...path, name] });
      }
    } else if (isSeq(node)) {
      node.items.forEach((value, index) =>
        open.push({ node: resolved(value, parsed.document), path: [...path, index] }),
      );
    }
  }
}

function isSecretAt(path: Path, schema: JsonSchema): boolean {
  const name = path.findLast((segment) => typeof segment === 'string');
  if (name === undefined) return false;
  return soundsSecret(name) || schemasAt(schema, path).some((node) => node[secretMark] === true);
}

function soundsSecret(name: string): boolean {
  const parts = name.toLowerCase().split(/[-_ .]/);
  const candidates = [parts.at(-1) ?? '', parts.slice(-2).join('')];
  // One edit away is still meant to be secret; `tokens` is a number of tokens.
  return candidates.some(
    (part) =>
      part.length > 3 && part !== 'tokens' && secretWords.some((word) => editDistance(part, word) <= 1),
  );
}
