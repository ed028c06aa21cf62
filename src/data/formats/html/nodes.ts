import type { DefaultTreeAdapterTypes } from 'parse5';

export type Node = DefaultTreeAdapterTypes.ChildNode | DefaultTreeAdapterTypes.Document;
export type Element = DefaultTreeAdapterTypes.Element;

export function isElement(node: Node): node is Element {
  return 'tagName' in node;
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((each) => each.name === name)?.value;
}

export function children(node: Node): Node[] {
  return 'childNodes' in node ? node.childNodes : [];
}

/** All text below a node as it stands, without recursion: pages nest without bound. */
export function rawText(node: Node): string {
  let text = '';
  const left: Node[] = [node];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (next.nodeName === '#text' && 'value' in next) text += next.value;
    else if (next.nodeName === 'br') text += '\n';
    else if (!dropped.has(next.nodeName)) {
      const below = children(next);
      for (let at = below.length - 1; at >= 0; at -= 1) left.push(below[at] as Node);
    }
  }
  return text;
}

/** The first element of a name in document order. */
export function find(root: Node, name: string): Element | undefined {
  const left: Node[] = [root];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (isElement(next) && next.tagName === name) return next;
    const below = children(next);
    for (let at = below.length - 1; at >= 0; at -= 1) left.push(below[at] as Node);
  }
  return undefined;
}

/** Elements that hold no text of the document. */
export const dropped = new Set([
  'script',
  'style',
  'nav',
  'template',
  'noscript',
  'iframe',
  'svg',
  'math',
  'object',
  'canvas',
  'video',
  'audio',
  'head',
  'form',
  'button',
  'select',
  'textarea',
  '#comment',
  '#documentType',
]);
