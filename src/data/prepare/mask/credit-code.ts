import { matches, type Found } from './kinds.ts';

const pattern = /\b(?:1[1239]|5[1239]|9[123]|[AN][1-39]|Y1)\d{6}[0-9A-HJ-NPQRTUWXY]{10}\b/g;
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Unified social credit codes of organisations (GB 32100) by their check character. */
export function findCreditCodes(text: string): Found[] {
  return matches(text, pattern, 'id', isCreditCode);
}

function isCreditCode(code: string): boolean {
  let sum = 0;
  let weight = 1;
  for (const character of code.slice(0, 17)) {
    sum += alphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet[(31 - (sum % 31)) % 31] === code[17];
}
