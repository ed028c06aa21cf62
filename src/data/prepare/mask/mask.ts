import { findCards } from './card.ts';
import { findCreditCodes } from './credit-code.ts';
import { findEmails } from './email.ts';
import { findIbans } from './iban.ts';
import { findAddresses } from './ip.ts';
import { maskKinds, type Found, type MaskKind } from './kinds.ts';
import { findPhones } from './phone.ts';
import { findResidentIds } from './resident-id.ts';

export interface Masked {
  readonly text: string;
  readonly counts: Readonly<Record<MaskKind, number>>;
  /** What was masked, and where it began in the text given; in order. */
  readonly places: readonly MaskedPlace[];
}

interface MaskedPlace {
  readonly kind: MaskKind;
  readonly start: number;
}

/** Finders of each kind, surest first: where two overlap, the earlier one here decides what the place is. */
const finders: readonly (readonly [MaskKind, (text: string) => Found[]])[] = [
  ['email', findEmails],
  ['id', findResidentIds],
  ['id', findCreditCodes],
  ['card', findIbans],
  ['card', findCards],
  ['ip', findAddresses],
  ['phone', findPhones],
];

const digits = /\d[\d\s().:-]{5}|[0-9A-Fa-f]:[0-9A-Fa-f:]{4}|\d[0-9A-Z]{5}/;
const url = /\b(?:https?|ftp|file|s3|git|ssh):\/\/[^\s<>"'`)\]}，。；、）】]+/g;

/** Replaces personal data by `[KIND]`. The same text and settings always give the same result. */
export function createMasker(settings: {
  readonly mask: readonly MaskKind[];
  readonly keep: readonly string[];
}): (text: string) => Masked {
  const chosen = finders.filter(([kind]) => settings.mask.includes(kind));
  return (given) => {
    const text = halfWidth(given);
    const counts = Object.fromEntries(maskKinds.map((kind) => [kind, 0])) as Record<MaskKind, number>;
    const numbers = digits.test(text);
    const at = text.includes('@');
    if (!numbers && !at) return { text: given, counts, places: [] };
    const kept = keptPlaces(text, settings.keep);
    const paths = numbers ? urlPaths(text) : [];
    let taken: Found[] = [];
    for (const [kind, find] of chosen) {
      if (kind === 'email' ? !at : !numbers) continue;
      let found = outside(byStart(find(text)), kept);
      // Numbers inside a URL's path or query are names of things; addresses of people in it are not.
      if (kind !== 'email') found = apart(found, paths);
      found = apart(found, taken);
      if (found.length > 0) taken = byStart([...taken, ...found]);
    }
    const places: MaskedPlace[] = [];
    return { text: replace(given, taken, counts, places), counts, places };
  };
}

/** Full-width letters, digits and signs, as Chinese and Japanese input writes them, as their usual forms of one unit each. */
function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (character) =>
    String.fromCharCode(character.charCodeAt(0) - 0xff01 + 0x21),
  );
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function replace(
  text: string,
  taken: Found[],
  counts: Record<MaskKind, number>,
  places: MaskedPlace[],
): string {
  let result = '';
  let from = 0;
  for (const { start, end, kind } of taken) {
    if (start < from) continue;
    result += `${text.slice(from, start)}[${kind.toUpperCase()}]`;
    counts[kind] += 1;
    places.push({ kind, start });
    from = end;
  }
  return result + text.slice(from);
}

/** Where values to keep stand, in any case. */
function keptPlaces(text: string, keep: readonly string[]): Place[] {
  if (keep.length === 0) return [];
  const lower = text.toLowerCase();
  return keep
    .flatMap((value) => {
      const places: Place[] = [];
      const wanted = value.toLowerCase();
      for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + wanted.length))
        places.push({ start: at, end: at + wanted.length });
      return places;
    })
    .sort((a, b) => a.start - b.start);
}

/** The parts of URLs after their host. */
function urlPaths(text: string): Place[] {
  if (!text.includes('://')) return [];
  return Array.from(text.matchAll(url), (match) => {
    const host = match[0].indexOf('/', match[0].indexOf('://') + 3);
    const end = match.index + match[0].length;
    return { start: host < 0 ? end : match.index + host, end };
  });
}

function byStart<T extends Place>(places: T[]): T[] {
  return places.sort((a, b) => a.start - b.start);
}

/** Those of the sorted places that overlap none of the sorted others: one pass over both. */
function apart<T extends Place>(places: T[], others: readonly Place[]): T[] {
  let next = 0;
  return places.filter(({ start, end }) => {
    while (next < others.length && (others[next]?.end ?? 0) <= start) next += 1;
    return next >= others.length || (others[next]?.start ?? 0) >= end;
  });
}

/** Those of the places that lie within none of the kept ones: a kept value does not shelter a longer one. */
function outside<T extends Place>(places: T[], kept: readonly Place[]): T[] {
  if (kept.length === 0) return places;
  let next = 0;
  return places.filter(({ start, end }) => {
    while (next < kept.length && (kept[next]?.end ?? 0) < end) next += 1;
    return next >= kept.length || (kept[next]?.start ?? 0) > start;
  });
}
