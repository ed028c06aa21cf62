import type { Text } from '../core/messages/message.ts';
import type { JsonSchema } from './json-schema.ts';
import { maskedText } from './mask.ts';
import type { ParsedYaml, Range } from './parse.ts';
import { nodeAt, rangeAt, type Target } from './places.ts';
import { formatPath, wording, type Path, type Problem } from './problem.ts';
import { rangeOf } from './parse.ts';
import type { Ask } from './trust/ask.ts';

export interface Finding {
  readonly path: Path;
  /** @default "value" */
  readonly at?: Target;
  readonly message: Text;
  readonly accepted?: Text | undefined;
  readonly nearest?: string | undefined;
  /** Shows the value as it is written. @default true where the finding points at a value */
  readonly showValue?: boolean;
  /** What the user's trust would mend. */
  readonly ask?: Ask | undefined;
}

const excerptWidth = 160;

/** Turns findings about paths into problems with places, never quoting a secret. */
export class Reporter {
  readonly problems: Problem[] = [];
  readonly #parsed: ParsedYaml;
  readonly #masked: string;

  constructor(parsed: ParsedYaml, schema: JsonSchema) {
    this.#parsed = parsed;
    this.#masked = maskedText(parsed, schema);
  }

  add(finding: Finding): void {
    const { path, at = 'value', message, accepted, nearest, showValue = at === 'value', ask } = finding;
    const value = showValue ? this.#written(path) : undefined;
    this.problems.push({
      ...this.#place(rangeAt(this.#parsed, path, at)),
      field: formatPath(path),
      ...wording(message, accepted),
      ...(value !== undefined && { value }),
      ...(nearest !== undefined && { nearest }),
      ...(ask !== undefined && { ask }),
    });
  }

  addSyntax(range: Range, message: Text): void {
    this.problems.push({ ...this.#place(range), field: '', ...wording(message) });
  }

  #place(range: Range): Pick<Problem, 'line' | 'column' | 'length' | 'excerpt'> {
    const offset = Math.min(range.start, this.#parsed.text.length);
    const { line, column, start } = this.#parsed.lines.placeOf(offset);
    const end = this.#masked.indexOf('\n', start);
    const whole = this.#masked.slice(start, end === -1 ? undefined : end).trimEnd();
    // The parser points at a key's first letter only.
    const word =
      /^[\p{L}\p{N}_-]+/u.exec(this.#parsed.text.slice(offset, offset + excerptWidth))?.[0].length ?? 0;
    const span = Math.max(range.end - range.start, word, 1);
    const length = Math.max(1, Math.min(span, whole.length - (column - 1)));
    return { line, column, length, excerpt: whole.slice(0, excerptWidth) };
  }

  #written(path: Path): string | undefined {
    const node = nodeAt(this.#parsed, path);
    if (!node) return undefined;
    const { start, end } = rangeOf(node);
    const text = this.#masked.slice(start, end).trim();
    const short = text.replace(/\s+/g, ' ');
    return short === '' ? undefined : short.length > 60 ? `${short.slice(0, 59)}…` : short;
  }
}
