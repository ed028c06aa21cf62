import { children, isElement, type Element, type Node } from './nodes.ts';

/** A table as a GitHub-style Markdown table, its caption above it. Cells hold plain text on one line. */
export function tableToMarkdown(table: Element, textOf: (node: Node) => string): string[] {
  const rows: string[][] = [];
  let caption = '';
  const left: Node[] = [...children(table)].reverse();
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (!isElement(next)) continue;
    if (next.tagName === 'caption') caption = oneLine(textOf(next));
    else if (next.tagName === 'tr') rows.push(cells(next, textOf));
    else if (['thead', 'tbody', 'tfoot'].includes(next.tagName)) left.push(...[...children(next)].reverse());
  }
  const filled = rows.filter((row) => row.some((cell) => cell !== ''));
  const width = Math.max(0, ...filled.map((row) => row.length));
  const [head, ...body] = filled;
  if (head === undefined) return caption === '' ? [] : [caption];
  const line = (row: string[]) =>
    `| ${Array.from({ length: width }, (_, column) => row[column] ?? '').join(' | ')} |`;
  const text = [
    line(head),
    `| ${Array.from({ length: width }, () => '---').join(' | ')} |`,
    ...body.map(line),
  ];
  return [...(caption === '' ? [] : [caption]), text.join('\n')];
}

function cells(row: Element, textOf: (node: Node) => string): string[] {
  return children(row)
    .filter((child) => child.nodeName === 'td' || child.nodeName === 'th')
    .map((cell) => oneLine(textOf(cell)).replaceAll('|', '\\|'));
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
