import { matches, type Found } from './kinds.ts';

const pattern =
  /(?<![\w.-])\d{4}(?:(?<gap>[ -])\d{4}\k<gap>\d{4}\k<gap>\d{1,4}(?:\k<gap>\d{3})?|(?<gap2>[ -])\d{6}\k<gap2>\d{4,5}|\d{9,15})(?!\w|[.-]\d)/g;

/** Issuer ranges: prefix pattern and the lengths that cards in it have. */
const issuers: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|64[4-9]|65)/, [16, 19]],
  [/^62/, [16, 17, 18, 19]],
  [/^35(?:2[89]|[3-8])/, [16]],
  [/^3(?:0[0-5]|[689])/, [14, 16]],
  [/^(?:5018|5020|5038|5[678]|6304|6759|676[123])/, [16, 18, 19]],
  [/^955\d{2}/, [16, 17, 18, 19]],
  [/^9\d{5}/, [16, 19]],
];

/** Payment card numbers: issuer range, length and Luhn check digit. */
export function findCards(text: string): Found[] {
  return matches(text, pattern, 'card', (match) => isCard(match.replaceAll(/[ -]/g, '')));
}

function isCard(digits: string): boolean {
  return (
    issuers.some(([prefix, lengths]) => lengths.includes(digits.length) && prefix.test(digits)) &&
    luhn(digits)
  );
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    sum += at % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
  }
  return sum % 10 === 0;
}
