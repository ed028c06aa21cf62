import { children, isElement, type Element, type Node } from './nodes.ts';

/** Short rows are filled up to so many columns: beyond, a wide header over many short rows would grow without bound. */
const mostFilled = 100;

/** A table as a GitHub-style Markdown table, its caption above it. Cells hold plain text on one line. */
export function tableToMarkdown(table: Element, textOf: (node: Node) => string): string[] {
  const rows: string[][] = [];
  let caption = '';
  const left: Node[] = [...children(table)].reverse();
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (!isElement(next)) continue;
    if (next.tagName === 'caption') caption = oneLine(textOf(next));
    else if (next.tagName === 'tr') rows.push(cells(next, textOf));
    else if (['thead', 'tbody', 'tfoot'].includes(next.tagName))
      for (const child of [...children(next)].reverse()) left.push(child);
  }
  const filled = rows.filter((row) => row.some((cell) => cell !== ''));
  const width = filled.reduce((most, row) => Math.max(most, row.length), 0);
  const [head, ...body] = filled;
  if (head === undefined) return caption === '' ? [] : [caption];
  const line = (row: string[], least = Math.min(width, mostFilled)) =>
    `| ${Array.from({ length: Math.max(least, row.length) }, (_, column) => row[column] ?? '').join(' | ')} |`;
  const text = [
    line(head, width),
    `| ${Array.from({ length: width }, () => '---').join(' | ')} |`,
    ...body.map((row) => line(row)),
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
