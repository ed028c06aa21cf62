import { before, matches, type Found } from './kinds.ts';

const modern = /(?<![\w.])[1-9]\d{16}[\dX]\b/gi;
const old = /(?<![\w.])[1-9]\d{14}\b/g;
const provinces = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(
    ' ',
  ),
);
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Resident identity numbers (GB 11643): region, date and check digit; of the old form of 15 digits only where named. */
export function findResidentIds(text: string): Found[] {
  return [
    ...matches(text, modern, 'id', isResidentId),
    ...matches(
      text,
      old,
      'id',
      (match, at) => isOldId(match) && /身份证|证件|ID card/i.test(before(text, at)),
    ),
  ];
}

/** Whether 18 characters are a resident identity number. */
function isResidentId(id: string): boolean {
  if (!provinces.has(id.slice(0, 2)) || !isDate(id.slice(6, 14))) return false;
  const sum = weights.reduce((total, weight, at) => total + weight * Number(id[at]), 0);
  return '10X98765432'[sum % 11] === id[17]?.toUpperCase();
}

function isOldId(id: string): boolean {
  return provinces.has(id.slice(0, 2)) && isDate(`19${id.slice(6, 12)}`);
}

function isDate(digits: string): boolean {
  const [year, month, day] = [
    Number(digits.slice(0, 4)),
    Number(digits.slice(4, 6)),
    Number(digits.slice(6)),
  ];
  if (year < 1880 || year > 2050 || month < 1 || day < 1) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
