import { attribute, children, dropped, isElement, rawText, type Element, type Node } from './nodes.ts';
import { tableToMarkdown } from './table.ts';

const maxDepth = 200;

const blocks = new Set(
  'address article aside blockquote body dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table ul'.split(
    ' ',
  ),
);

/** Writes a parsed page as Markdown-like text: headings, lists, tables and code kept, everything else plain. */
export function toMarkdown(root: Node): string {
  return blocksOf(root, 0).join('\n\n');
}

/** The blocks below a node, in order; text between block elements becomes paragraphs. */
function blocksOf(node: Node, depth: number): string[] {
  const found: string[] = [];
  let inline = '';
  const endParagraph = () => {
    const text = paragraph(inline);
    if (text !== '') found.push(text);
    inline = '';
  };
  for (const child of children(node)) {
    if (dropped.has(child.nodeName)) continue;
    if (depth < maxDepth && isElement(child) && holdsBlocks(child)) {
      endParagraph();
      for (const block of blockOf(child, depth + 1)) found.push(block);
    } else inline += inlineText(child, depth + 1);
  }
  endParagraph();
  return found;
}

function holdsBlocks(element: Element): boolean {
  return blocks.has(element.tagName) || element.childNodes.some((child) => blocks.has(child.nodeName));
}

function blockOf(element: Element, depth: number): string[] {
  const name = element.tagName;
  const heading = /^h([1-6])$/.exec(name)?.[1];
  if (heading !== undefined) {
    const text = inlineText(element, depth).replaceAll(/\s+/g, ' ').trim();
    return text === '' ? [] : [`${'#'.repeat(Number(heading))} ${text}`];
  }
  if (name === 'pre') return [fenced(element)];
  if (name === 'hr') return ['---'];
  if (name === 'table') return tableToMarkdown(element, (cell) => inlineText(cell, depth));
  if (name === 'ul' || name === 'ol') return [list(element, depth)].filter((text) => text !== '');
  if (name === 'blockquote') return blocksOf(element, depth).map((text) => prefixed(text, '> ', '> '));
  return blocksOf(element, depth);
}

function list(element: Element, depth: number): string {
  let number = Number.parseInt(attribute(element, 'start') ?? '1', 10) || 1;
  const items: string[] = [];
  for (const child of element.childNodes) {
    if (!isElement(child) || dropped.has(child.tagName)) continue;
    const mark = element.tagName === 'ol' ? `${String(number)}. ` : '- ';
    const body = (child.tagName === 'li' ? blocksOf(child, depth) : blockOf(child, depth)).join('\n');
    if (body === '') continue;
    items.push(prefixed(body, mark, ' '.repeat(mark.length)));
    number += 1;
  }
  return items.join('\n');
}

function fenced(element: Element): string {
  const code = rawText(element).replace(/^\n/, '').trimEnd();
  const longest = (code.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  const inner = element.childNodes.find((child) => child.nodeName === 'code');
  const classes = inner !== undefined && isElement(inner) ? (attribute(inner, 'class') ?? '') : '';
  const language = /(?:^|\s)lang(?:uage)?-([\w+#-]+)/.exec(classes)?.[1] ?? '';
  return `${fence}${language}\n${code}\n${fence}`;
}

function inlineText(node: Node, depth: number): string {
  if (node.nodeName === '#text' && 'value' in node) return node.value.replaceAll(/[ \t\r\n\f]+/g, ' ');
  if (dropped.has(node.nodeName)) return '';
  if (node.nodeName === 'br') return '\n';
  if (node.nodeName === 'img' && isElement(node)) return attribute(node, 'alt') ?? '';
  if (depth >= maxDepth) return rawText(node);
  if (node.nodeName === 'code' || node.nodeName === 'kbd' || node.nodeName === 'samp') {
    const code = rawText(node).replaceAll(/\s+/g, ' ');
    return code.trim() === '' || code.includes('`') ? code : `\`${code}\``;
  }
  return children(node)
    .map((child) => inlineText(child, depth + 1))
    .join(blocks.has(node.nodeName) ? ' ' : '');
}

/** Collapsed lines of a paragraph; what would start another block in Markdown is escaped. */
function paragraph(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replaceAll(/[ \t]+/g, ' ').trim())
    .filter((line) => line !== '')
    .map((line) =>
      line.replace(/^(#{1,6} |[-+*>] |>|```|~~~|-{3,}$|={3,}$)/, '\\$1').replace(/^(\d+)([.)] )/, '$1\\$2'),
    )
    .join('\n');
}

function prefixed(text: string, first: string, rest: string): string {
  return text
    .split('\n')
    .map((line, at) => (at === 0 ? first : line === '' ? rest.trimEnd() : rest) + line)
    .join('\n');
}
