import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

export type PageLanguage = 'en' | 'zh';

/** A block of code as it stands on a page. */
export interface Block {
  readonly line: number;
  /** The word after the fence; empty for a fence without one and for an indented block. */
  readonly tag: string;
  readonly text: string;
}

export interface Page {
  /** Relative to the repository. */
  readonly path: string;
  readonly language: PageLanguage;
  /** What both languages share: `README`, `tiny-lm/README`, `quickstart`. */
  readonly name: string;
  readonly blocks: readonly Block[];
  /** Code inside sentences and tables. */
  readonly spans: readonly { readonly line: number; readonly text: string }[];
}

const languages = ['en', 'zh'] as const;

/** Every page that shows commands, the handbook's own found by looking: English before Chinese, in the order of reading. */
export function readPages(): Page[] {
  const readmes = ['', 'examples/tiny-lm/'].flatMap((folder) => [
    readPage(`${folder}README.md`, 'en', `${folder}README`),
    readPage(`${folder}README.zh.md`, 'zh', `${folder}README`),
  ]);
  const names = readdirSync(join(repository, 'examples/handbook/docs/en'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => basename(file, '.md'))
    .sort();
  const handbook = names.flatMap((name) =>
    languages.map((language) => readPage(`examples/handbook/docs/${language}/${name}.md`, language, name)),
  );
  return [...readmes, ...handbook];
}

function readPage(path: string, language: PageLanguage, name: string): Page {
  const text = readFileSync(join(repository, path), 'utf8');
  const blocks: Block[] = [];
  const spans: { line: number; text: string }[] = [];
  const visit = (node: Nodes): void => {
    const line = node.position?.start.line ?? 0;
    if (node.type === 'code') blocks.push({ line, tag: node.lang ?? '', text: node.value });
    if (node.type === 'inlineCode') spans.push({ line, text: node.value });
    if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
  return { path, language, name, blocks, spans };
}

/** Where a block stands, for messages. */
export const placeOf = (page: Page, { line }: Block): string => `${page.path}:${String(line)}`;
