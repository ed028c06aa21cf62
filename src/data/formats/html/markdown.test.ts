import { parse } from 'parse5';
import { expect, test } from 'vitest';
import { toMarkdown } from './markdown.ts';

const convert = (html: string) => toMarkdown(parse(html));

test('headings, paragraphs, lists and inline code are kept', () => {
  const html = `<h1>Title <em>here</em></h1><p>One   <b>two</b><br>three <code>x y</code></p>
    <ul><li>a</li><li>b<ol start="3"><li>c<p>d</p></li></ol></li></ul>`;
  expect(convert(html)).toBe('# Title here\n\nOne two\nthree `x y`\n\n- a\n- b\n  3. c\n     d');
});

test('scripts, styles, navigation and comments are dropped', () => {
  const html = '<nav>menu</nav><style>p{}</style><script>x</script><!-- c --><main><p>Kept</p></main>';
  expect(convert(html)).toBe('Kept');
});

test('code blocks keep their lines and language, and outlive fences inside them', () => {
  const html = '<pre><code class="hljs language-sh">a  b\n\n```\n</code></pre>';
  expect(convert(html)).toBe('````sh\na  b\n\n```\n````');
});

test('tables become Markdown tables, short rows filled', () => {
  const html =
    '<table><caption>Ports</caption><thead><tr><th>Name</th><th>Port</th></tr></thead><tr><td>a|b</td></tr></table>';
  expect(convert(html)).toBe('Ports\n\n| Name | Port |\n| --- | --- |\n| a\\|b |  |');
});

test('text that would start a block is escaped', () => {
  expect(convert('<p># not a heading</p><p>1. not a list</p>')).toBe('\\# not a heading\n\n1\\. not a list');
});

test('a page nested a hundred thousand deep keeps its text', () => {
  const depth = 100_000;
  expect(convert(`${'<div>'.repeat(depth)}deep${'</div>'.repeat(depth)}`)).toBe('deep');
});

test('a table of very many rows and code with very many marks are kept', { timeout: 60_000 }, () => {
  const many = 130_000;
  expect(convert(`<table>${'<tr><td>a'.repeat(many)}</table>`).split('\n')).toHaveLength(many + 1);
  expect(convert(`<pre>${'` '.repeat(many)}</pre>`)).toMatch(/^```\n/);
});

test('short rows under a very wide header are left short', () => {
  const wide = `<table><tr>${'<td>a'.repeat(5000)}</tr>${'<tr><td>b</tr>'.repeat(5000)}</table>`;
  expect(convert(wide).length).toBeLessThan(3_000_000);
});
