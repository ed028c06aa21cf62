import type { Language } from '../../core/language.ts';
import { say, type Message } from '../../core/messages/message.ts';
import { fewestCharacters } from '../../data/data-section.ts';
import { documentLanguage } from '../../data/prepare/language.ts';
import { normalise } from '../../data/prepare/normalise.ts';
import { characters } from '../../data/prepare/prepare-document.ts';

/** What a run would make of a document, told exactly as it tells it. */
export interface Verdict {
  readonly language: Language;
  /** Its own where that is neither: `fr`. */
  readonly other?: string;
  /** No more than `fewestCharacters` are counted. */
  readonly characters: number;
}

/** Of a text without its markup. */
export function judge(text: string): Verdict {
  const normalised = normalise(text);
  return { ...documentLanguage(normalised), characters: characters(normalised, fewestCharacters) };
}

/** Why a run would refuse the document for its language; undefined where it takes it. */
export function foreign({ language, other }: Verdict): Message | undefined {
  if (language !== 'und') return undefined;
  return other === undefined
    ? say('reject.no-language', { languages: ['en', 'zh'] })
    : say('skipped.language', { language: other });
}
