import { createHash } from 'node:crypto';
import type { DocumentRecord } from '../../core/document.ts';
import type { RejectReason } from '../ingest/reject.ts';
import { documentLanguage } from './language.ts';
import { createMasker } from './mask/mask.ts';
import type { MaskKind } from './mask/kinds.ts';
import { normalise } from './normalise.ts';
import type { PrepareParams } from './params.ts';
import { splitOf } from './split.ts';

export interface RawDocument {
  readonly id: string;
  readonly source: string;
  readonly title: string;
  readonly text: string;
}

export interface Prepared {
  readonly document: DocumentRecord;
  /** Digest of the normalised text before masking: what exact duplicates share. */
  readonly digest: string;
  readonly masked: Readonly<Record<MaskKind, number>>;
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
        reason: `it has ${String(length)} characters, the least is ${String(params.minCharacters)}`,
      };
    const damaged = text.includes('\ufffd') ? (text.match(/\ufffd/g)?.length ?? 0) : 0;
    if (damaged > text.length / 200)
      return {
        code: 'TOW_DATA_GARBLED',
        reason: `${String(damaged)} of its characters are replacement characters`,
      };
    const { language, other } = documentLanguage(text);
    if (!any && !params.languages.includes(language))
      return {
        code: 'TOW_DATA_LANGUAGE',
        reason: `its language is ${other ?? (language === 'und' ? 'not recognisable' : language)}, the project takes ${params.languages.join(', ')}`,
      };
    const body = mask(text);
    const title = mask(normalise(raw.title).replaceAll('\n', ' '));
    const masked = { ...body.counts };
    for (const kind of Object.keys(masked) as MaskKind[]) masked[kind] += title.counts[kind];
    return {
      document: {
        id: raw.id,
        source: raw.source,
        title: title.text,
        language,
        text: body.text,
        split: splitOf(raw.id, params.split),
      },
      digest: createHash('sha256').update(text).digest('hex'),
      masked,
    };
  };
}

/** Characters that are no white space; counting ends once there are enough. */
function characters(text: string, enough: number): number {
  let count = 0;
  for (const character of text) {
    if (count >= enough) return count;
    if (character.trim() !== '') count += 1;
  }
  return count;
}
