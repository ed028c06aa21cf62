import { createHash } from 'node:crypto';
import type { DocumentRecord, Layout } from '../../contract/documents/document.ts';
import { say, type Message } from '../../core/messages/message.ts';
import type { RejectReason } from '../ingest/reject.ts';
import { documentLanguage } from './language.ts';
import { linesOf } from './mask/lines.ts';
import { createMasker, type Masked } from './mask/mask.ts';
import type { MaskKind } from './mask/kinds.ts';
import { normalise } from './normalise.ts';
import type { PrepareParams } from './params.ts';
import { splitOf } from './split.ts';

export interface RawDocument {
  readonly id: string;
  readonly source: string;
  readonly title: string;
  readonly text: string;
  readonly layout: Layout;
  /** Of a file that is one document in lines: how many it has, so that places in it can be told by line. */
  readonly lastLine?: number;
}

/** Where something was masked; never what. */
interface MaskedPlace {
  readonly kind: MaskKind;
  /** Of the file, from 1, where its lines are those of the document. */
  readonly line?: number;
  /** It stood in the title. */
  readonly title?: true;
}

export interface Prepared {
  readonly document: DocumentRecord;
  /** Digest of the normalised text before masking: what exact duplicates share. */
  readonly digest: string;
  readonly masked: readonly MaskedPlace[];
}

/** Makes a document ready, or says why it is left out. */
export function createPreparer(params: PrepareParams): (raw: RawDocument) => Prepared | RejectReason {
  const mask = createMasker(params);
  const any = params.languages.includes('any');
  return (raw) => {
    const text = normalise(raw.text);
    const length = characters(text, params.minCharacters);
    if (length < params.minCharacters)
      return {
        code: 'TOW_DATA_TOO_SHORT',
        reason: say('reject.short', { characters: length, least: params.minCharacters }),
      };
    const damaged = text.includes('\ufffd') ? (text.match(/\ufffd/g)?.length ?? 0) : 0;
    if (damaged > text.length / 200)
      return {
        code: 'TOW_DATA_GARBLED',
        reason: say('reject.garbled', { n: damaged }),
      };
    const { language, other } = documentLanguage(text);
    if (!any && !params.languages.includes(language))
      return { code: 'TOW_DATA_LANGUAGE', reason: notTaken(other ?? language, params.languages) };
    const body = mask(text);
    const title = mask(normalise(raw.title).replaceAll('\n', ' '));
    return {
      document: {
        id: raw.id,
        source: raw.source,
        title: title.text,
        language,
        text: body.text,
        split: splitOf(raw.id, params.split),
        layout: raw.layout,
      },
      digest: createHash('sha256').update(text).digest('hex'),
      masked: [
        ...placesIn(raw, text, body.places),
        ...title.places.map(({ kind }) => ({ kind, title: true as const })),
      ],
    };
  };
}

function notTaken(language: string, languages: readonly string[]): Message {
  return language === 'und'
    ? say('reject.no-language', { languages })
    : say('reject.language', { language, languages });
}

function placesIn(
  { text: raw, lastLine }: RawDocument,
  text: string,
  places: Masked['places'],
): readonly MaskedPlace[] {
  if (lastLine === undefined || places.length === 0) return places.map(({ kind }) => ({ kind }));
  const lines = linesOf(
    places.map(({ start }) => start),
    text,
    { raw, lastLine },
  );
  return places.map(({ kind }, at) => ({ kind, ...(lines[at] !== undefined && { line: lines[at] }) }));
}

/** Characters that are no white space; counting ends once there are enough. */
export function characters(text: string, enough: number): number {
  let count = 0;
  for (const character of text) {
    if (count >= enough) return count;
    if (character.trim() !== '') count += 1;
  }
  return count;
}
