import { isAlias, isNode, parseDocument, visit, type Document, type Node } from 'yaml';
import { say, type Text } from '../core/messages/message.ts';
import { LineIndex } from './line-index.ts';
import { plainMessage } from './yaml-message.ts';

/** A stretch of the file's text, in UTF-16 offsets. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

interface SyntaxProblem {
  readonly range: Range;
  readonly message: Text;
}

/** The file's text taken apart, before any schema has looked at it. */
export interface ParsedYaml {
  readonly text: string;
  readonly document: Document.Parsed;
  readonly lines: LineIndex;
  /** Mistakes of YAML itself: syntax, duplicate keys, unknown tags, aliases that lead nowhere. */
  readonly problems: readonly SyntaxProblem[];
  /** The plain value; undefined when the text could not be understood. */
  readonly value: unknown;
}

/** Aliases that are followed: each is a search through the whole file. */
const mostAliases = 1000;

/** Aliases may multiply the file's nodes this often: a bound against "billion laughs". */
const maxAliasCount = 100;

/** Parses YAML 1.2 with its positions; never throws. */
export function parseYaml(bytes: Uint8Array): ParsedYaml {
  const { text, problem } = decode(bytes);
  const document = parseDocument(text, {
    prettyErrors: false,
    uniqueKeys: true,
    stringKeys: true,
    version: '1.2',
  });
  const problems: SyntaxProblem[] = problem ? [problem] : [];
  // Where the bytes are no text, whatever YAML makes of them says nothing.
  const said = problem === undefined ? [...document.errors, ...document.warnings] : [];
  for (const { code, message, pos } of said) {
    problems.push({ range: { start: pos[0], end: pos[1] }, message: plainMessage(code, message) });
  }
  // What a broken parse left over may be cyclic or far too deep: only text that YAML accepts is looked at further.
  const broken = problem !== undefined || document.errors.some(({ code }) => code !== 'DUPLICATE_KEY');
  const astray = broken ? [] : aliasProblems(document);
  problems.push(...astray);
  const usable = !broken && astray.length === 0;
  return { text, document, lines: new LineIndex(text), ...toValue(document, usable, problems) };
}

function toValue(
  document: Document.Parsed,
  usable: boolean,
  problems: readonly SyntaxProblem[],
): Pick<ParsedYaml, 'problems' | 'value'> {
  if (!usable) return { problems, value: undefined };
  try {
    return { problems, value: document.toJS({ maxAliasCount }) as unknown };
  } catch (error) {
    const aliases = error instanceof ReferenceError;
    const message = aliases
      ? say('yaml.aliases-repeat')
      : say('yaml.unknown', { why: String(error).slice(0, 200) });
    return {
      problems: [...problems, { range: aliases ? firstAlias(document) : { start: 0, end: 0 }, message }],
      value: undefined,
    };
  }
}

function decode(bytes: Uint8Array): { text: string; problem?: SyntaxProblem } {
  const text = new TextDecoder('utf-8').decode(bytes);
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return {
      text: '',
      problem: { range: { start: 0, end: 0 }, message: say('yaml.utf16') },
    };
  }
  const start = text.search(/[\0\uFFFD]/);
  if (start === -1) return { text };
  const message = text[start] === '\u0000' ? say('yaml.nul') : say('yaml.not-utf8');
  return { text, problem: { range: { start, end: start + 1 }, message } };
}

/** Aliases without an anchor, and those inside what they stand for. */
function aliasProblems(document: Document.Parsed): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  const excess = aliasBeyond(document, mostAliases);
  if (excess !== undefined) return [{ range: excess, message: say('yaml.aliases', { most: mostAliases }) }];
  visit(document, {
    Alias(_key, alias, ancestors) {
      const range = rangeOf(alias);
      const target = alias.resolve(document);
      if (target === undefined) {
        problems.push({
          range,
          message: say('yaml.no-anchor', { alias: alias.source }),
        });
      } else if (ancestors.includes(target)) {
        problems.push({ range, message: say('yaml.circular', { alias: alias.source }) });
      }
    },
  });
  return problems;
}

function firstAlias(document: Document.Parsed): Range {
  return aliasBeyond(document, 0) ?? { start: 0, end: 0 };
}

/** Where the first alias after so many stands. */
function aliasBeyond(document: Document.Parsed, most: number): Range | undefined {
  let range: Range | undefined;
  let count = 0;
  visit(document, {
    Alias(_key, alias) {
      count += 1;
      if (count <= most) return undefined;
      range = rangeOf(alias);
      return visit.BREAK;
    },
  });
  return range;
}

/** The text that a node takes, without the comments after it. */
export function rangeOf(node: unknown): Range {
  const range = isNode(node) ? node.range : undefined;
  return range ? { start: range[0], end: range[1] } : { start: 0, end: 0 };
}

/** The node itself, or what an alias stands for. */
export function resolved(node: unknown, document: Document): Node | undefined {
  if (isAlias(node)) return node.resolve(document);
  return isNode(node) ? node : undefined;
}
