import { type Found } from './kinds.ts';

const pattern = /\b([A-Z]{2})\d{2}(?= ?[0-9A-Z])/g;
/** Lengths by country, from the IBAN registry. */
const lengths: Readonly<Record<string, number>> = Object.fromEntries(
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20'
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** International bank account numbers: country, its length, and the check digits (ISO 13616, mod 97). */
export function findIbans(text: string): Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(pattern)) {
    const length = lengths[match[1] ?? ''];
    if (length === undefined) continue;
    let end = match.index;
    let compact = '';
    for (; compact.length < length && end < text.length; end += 1) {
      const character = text[end] ?? '';
      if (/[0-9A-Z]/.test(character)) compact += character;
      else if (character !== ' ' || text[end - 1] === ' ') break;
    }
    if (compact.length === length && !/\w/.test(text[end] ?? '') && isIban(compact))
      found.push({ start: match.index, end, kind: 'card' });
  }
  return found;
}

function isIban(iban: string): boolean {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4))
    for (const digit of String(Number.parseInt(character, 36))) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}
