import { parse } from 'yaml';

export interface FrontMatter {
  readonly title?: string;
  readonly body: string;
}

/** Front matter is looked for in so many characters: YAML's anchors and nesting cost more than their length. */
const longest = 16 * 1024;

/** Takes YAML front matter (`---` … `---` on the first lines) off a Markdown text and reads its title. */
export function takeFrontMatter(text: string): FrontMatter {
  const head = text.slice(0, longest);
  const match = /^---[ \t]*\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(head);
  if (match?.[1] === undefined) return { body: text };
  const meta = read(match[1]);
  // A text between two rules is no front matter: only a mapping is.
  if (typeof meta !== 'object' || meta === null || Array.isArray(meta)) return { body: text };
  const title = (meta as Record<string, unknown>)['title'];
  const body = text.slice(match[0].length);
  return typeof title === 'string' || typeof title === 'number' ? { title: String(title), body } : { body };
}

function read(yaml: string): unknown {
  try {
    return parse(yaml, { logLevel: 'error' });
  } catch {
    return undefined;
  }
}
