import type { LineageDirection, LineageNode, LineageRecord } from '../../app/records/release.ts';
import { isDigest, shortDigest } from '../../core/digest.ts';
import type { Words } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';
import type { Style } from './style.ts';
import { printableInLine } from './width.ts';

const mostLines = 500;

/** The lineage as trees: what it was made from, then what was made from it; what is shown once is not opened again. */
export function lineageLines(
  lineage: LineageRecord,
  direction: LineageDirection,
  { style, words }: Pick<Context, 'style' | 'words'>,
): string[] {
  const nodes = new Map(lineage.nodes.map((node) => [node.id, node]));
  const subject = nodes.get(lineage.subject);
  const lines = [style.bold(subject ? nodeText(subject, style) : lineage.subject)];
  const grow = (title: string, next: (id: string) => readonly string[]) => {
    const tree = branches(lineage.subject, next, nodes, style, words);
    lines.push('', style.dim(title), ...(tree.length > 0 ? tree : [style.dim(`  ${words('show.nothing')}`)]));
  };
  if (direction !== 'forwards') {
    grow(words('show.made-from'), (id) =>
      lineage.edges.filter(({ to }) => to === id).map(({ from }) => from),
    );
  }
  if (direction !== 'backwards') {
    grow(words('show.went-into'), (id) =>
      lineage.edges.filter(({ from }) => from === id).map(({ to }) => to),
    );
  }
  return lines;
}

function branches(
  root: string,
  next: (id: string) => readonly string[],
  nodes: ReadonlyMap<string, LineageNode>,
  style: Style,
  words: Words,
): string[] {
  const lines: string[] = [];
  const opened = new Set<string>([root]);
  let cut = false as boolean;
  const walk = (id: string, indent: string) => {
    const children = [...new Set(next(id))];
    for (const [index, child] of children.entries()) {
      if (lines.length >= mostLines) {
        cut = true;
        return;
      }
      const last = index === children.length - 1;
      const node = nodes.get(child);
      const again = opened.has(child) && next(child).length > 0;
      lines.push(
        `  ${indent}${last ? '└─' : '├─'} ${node ? nodeText(node, style) : child}${again ? style.dim(words('show.above')) : ''}`,
      );
      if (opened.has(child)) continue;
      opened.add(child);
      walk(child, `${indent}${last ? '   ' : '│  '}`);
    }
  };
  walk(root, '');
  if (cut) lines.push(style.dim(`  … ${words('show.more-lines', { most: mostLines })}`));
  return lines;
}

function nodeText({ id, kind, label, step }: LineageNode, style: Style): string {
  const short = isDigest(id) ? shortDigest(id) : id;
  const name = kind === 'release' ? style.green(printableInLine(label)) : printableInLine(label);
  const by = step === undefined ? '' : style.dim(` · ${step}`);
  return `${name}${short === label ? '' : ` ${style.yellow(short)}`}${by}`;
}
