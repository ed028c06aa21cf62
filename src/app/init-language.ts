import { parse } from 'parse5';
import type { Language } from '../core/language.ts';
import { takeFrontMatter } from '../data/ingest/formats/front-matter.ts';
import { toMarkdown } from '../data/ingest/html/markdown.ts';
import { documentLanguage } from '../data/prepare/language.ts';
import { normalise } from '../data/prepare/normalise.ts';
import type { FoundFile } from './init-survey.ts';

export interface FoundLanguage {
  readonly language: Language;
  /** Its own where that is neither: `fr`. */
  readonly other?: string;
}

/**
 * The language of a document by its first part, told exactly as a run tells it: of the text without its markup, once it
 * is normalised.
 */
export function proseLanguage(head: string, ending: FoundFile['ending']): FoundLanguage {
  return documentLanguage(normalise(textOf(head, ending)));
}

/** Of the rows of a table: each is a document. */
export function rowLanguages(texts: readonly string[]): FoundLanguage[] {
  return texts.filter((text) => text.trim() !== '').map((text) => documentLanguage(normalise(text)));
}

function textOf(head: string, ending: FoundFile['ending']): string {
  switch (ending) {
    case 'md':
    case 'markdown':
      return takeFrontMatter(head).body;
    case 'html':
    case 'htm':
      return toMarkdown(parse(head));
    default:
      return head;
  }
}
