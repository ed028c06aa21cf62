import { isInstalled } from './installed.ts';
import type { Block, Page } from './pages.ts';

/** A command with what the page shows of its output. */
interface Shown {
  readonly line: number;
  readonly command: string;
  readonly output: readonly string[];
}

/** What a block is to its reader. */
export type Meaning =
  | { readonly kind: 'commands'; readonly shown: readonly Shown[] }
  /** What the command before it prints. */
  | { readonly kind: 'output'; readonly lines: readonly string[] }
  | { readonly kind: 'settings'; readonly yaml: string }
  | { readonly kind: 'rows'; readonly lines: readonly string[] }
  | { readonly kind: 'terms'; readonly text: string }
  | { readonly kind: 'program'; readonly language: 'python' | 'js'; readonly source: string }
  | { readonly kind: 'proxy'; readonly server: 'caddy' | 'nginx'; readonly settings: string }
  | { readonly kind: 'drawing' }
  | { readonly kind: 'unknown' };

export function meaningOf({ tag, text, line }: Block, page: Page): Meaning {
  switch (tag) {
    case 'sh':
    case 'console':
      return commands(text, line);
    case 'yaml':
      return { kind: 'settings', yaml: text };
    case 'jsonl':
      return { kind: 'rows', lines: text.split('\n') };
    case 'tsv':
      return { kind: 'terms', text: `${text}\n` };
    case 'json':
      return { kind: 'output', lines: text.split('\n') };
    case 'python':
    case 'js':
      return { kind: 'program', language: tag, source: text };
    case 'caddy':
    case 'nginx':
      return { kind: 'proxy', server: tag, settings: text };
    case '':
      break;
    default:
      return { kind: 'unknown' };
  }
  if (isDrawing(text)) return { kind: 'drawing' };
  if (text.startsWith('$ ') || isProgram(text)) return commands(text, line);
  const earlier = page.blocks.some(
    (block) => block.line < line && meaningOf(block, page).kind === 'commands',
  );
  return earlier ? { kind: 'output', lines: text.split('\n') } : { kind: 'unknown' };
}

/** With prompts, what follows a command is its output. */
function commands(text: string, line: number): Meaning {
  const lines = text.split('\n');
  if (!text.startsWith('$ ')) {
    // Lines that are commands each are typed one after the other; anything else is one script.
    const each = lines.every((one) => isProgram(one) && !one.endsWith('\\')) ? lines : [text];
    return { kind: 'commands', shown: each.map((command, at) => ({ line: line + at, command, output: [] })) };
  }
  const shown: { line: number; command: string; output: string[] }[] = [];
  for (const [at, each] of lines.entries()) {
    if (each.startsWith('$ ')) shown.push({ line: line + at, command: each.slice(2), output: [] });
    else shown.at(-1)?.output.push(each);
  }
  return { kind: 'commands', shown };
}

/** Arrows between words over a line of nothing but strokes. */
function isDrawing(text: string): boolean {
  return text.includes(' -> ') && text.split('\n').some((line) => /^[\s|^+-]+$/.test(line));
}

const words = new Set(['cd', 'towpath', './towpath', 'export']);

/** Whether a block without a prompt begins as a command does: with a setting of the environment or a program's name. */
function isProgram(text: string): boolean {
  const first = /^\S+/.exec(text)?.[0] ?? '';
  if (words.has(first) || /^[A-Z_]+=/.test(first)) return true;
  if (!/^[a-z][\w-]*$/.test(first)) return false;
  return isInstalled(first);
}
