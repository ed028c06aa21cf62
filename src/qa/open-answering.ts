import { openLexicon } from './open-lexicon.ts';
import type { Limits } from './answering/limits.ts';
import { openIndex } from './retrieval/open-index.ts';
import { createQaService, type QaService } from './service.ts';
import type { QaSettings } from './settings.ts';
import { glossaryTranslator } from './translation/glossary.ts';
import type { Embedder, Generator } from '../contract/generator.ts';

/** The answer path's settings as they travel in a release: everything read, no path left. */
export interface AnswerSettings extends QaSettings {
  /** Text of the glossary file. */
  readonly glossary?: string;
}

export interface AnsweringParts {
  /** Folder of the index artifact. */
  readonly index: string;
  readonly settings: AnswerSettings;
  /** Name of the release that answers. */
  readonly release: string;
  readonly generator?: Generator | undefined;
  readonly embedder?: Embedder | undefined;
  /** Milliseconds for the parts of an answer. @default those of live traffic */
  readonly limits?: Partial<Limits>;
}

export interface Answering {
  readonly qa: QaService;
  /** Lets running searches end, then frees the index. */
  close(): Promise<void>;
}

/**
 * Puts one release's answer path together: the same way for an evaluation and for live traffic, so that what was
 * measured is what answers.
 *
 * @throws TOW_DATA_INDEX_UNREADABLE, TOW_SERVE_QA_GLOSSARY_BROKEN
 */
export async function openAnswering(parts: AnsweringParts): Promise<Answering> {
  const { settings, generator, embedder } = parts;
  const translator =
    settings.glossary === undefined ? undefined : glossaryTranslator(settings.glossary, 'glossary');
  const lexicon = await openLexicon(parts.index);
  const retriever = await openIndex(parts.index, { ...(embedder && { embedder }) });
  const qa = createQaService({
    retriever,
    lexicon,
    settings,
    release: parts.release,
    ...(translator && { translator }),
    ...(generator && { generator }),
    ...(parts.limits && { limits: parts.limits }),
  });
  return { qa, close: () => retriever.close() };
}
