import { before, matches, type Found } from './kinds.ts';

const left = '(?<![\\w./=#@+-])';
const right = '(?!\\w|[.-]\\d)';
const mobile = new RegExp(
  `${left}(?:(?:\\+|00)?86[ -]?)?1[3-9]\\d(?:\\d{8}|([ -])\\d{4}\\1\\d{4})${right}`,
  'g',
);
const landline = new RegExp(
  `${left}(?:(?:\\+|00)86[ -]?(?:10|2\\d|[3-9]\\d{2})|\\(?0(?:10|2\\d|[3-9]\\d{2})\\)?)[ -]?[2-8]\\d{6,7}(?:[ -](?:转|ext\\.?)?\\d{1,6})?${right}`,
  'g',
);
const international = new RegExp(
  `${left}(?:\\+|00)[1-9](?:[ .-]?(?:\\(\\d{1,4}\\)|\\d{1,4})){3,9}(?: ?(?:x|ext\\.?) ?\\d{1,6})?${right}`,
  'g',
);
const american = new RegExp(
  `${left}(?:1[ .-])?(?:\\([2-9]\\d{2}\\)[ -]?[2-9]\\d{2}[ .-]\\d{4}|[2-9]\\d{2}([.-])[2-9]\\d{2}\\1\\d{4})(?: ?(?:x|ext\\.?) ?\\d{1,6})?${right}`,
  'g',
);
const named = new RegExp(`${left}\\(?\\d[\\d() .-]{5,16}\\d(?: ?(?:x|ext\\.?) ?\\d{1,6})?${right}`, 'g');
const name =
  /(?:\b(?:phone|tel|telephone|mobile|cell|call|fax|whatsapp|text me at)\b|电话|手机|座机|联系方式|联系号码|传真)[^\d\n]{0,12}$/i;
/** Country calling codes of one and two digits; the others have three. */
const shortCodes = new Set(
  '1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
);
const longCode = /^(?:2[1-69]|3[578]|42|5[09]|6[789]|8[058]|9[679])\d/;

/**
 * Telephone numbers: Chinese mobiles and landlines, international numbers with a country code that exists, North
 * American numbers with separators, and any number that is called one. Chinese 400 and 800 numbers belong to firms
 * and stay.
 */
export function findPhones(text: string): Found[] {
  return [
    ...matches(text, mobile, 'phone'),
    ...matches(
      text,
      landline,
      'phone',
      (match) => /^[(+]|^00|[ -]/.test(match) || digitsOf(match).length >= 11,
    ),
    ...matches(text, international, 'phone', isInternational),
    ...matches(text, american, 'phone', (match) => !/^[48]00[-.]/.test(match)),
    ...matches(text, named, 'phone', (match, at) => name.test(before(text, at)) && isNamed(match)),
  ];
}

function isInternational(match: string): boolean {
  const digits = digitsOf(withoutExtension(match)).replace(match.startsWith('00') ? /^00/ : /^/, '');
  if (digits.length < 8 || digits.length > 15) return false;
  // Without a plus, only separators tell a number from a code that begins with zeros.
  if (match.startsWith('00') && !/[ .-]/.test(match)) return false;
  if (digits.startsWith('1'))
    return /^1[2-9]\d{2}[2-9]\d{6}$/.test(digits) || (match.startsWith('00') && digits.length === 11);
  return shortCodes.has(digits.slice(0, 2)) || digits.startsWith('7') || longCode.test(digits);
}

/** A number called a phone: not a hotline, a year range, a date, a decimal or a book number. */
function isNamed(match: string): boolean {
  const digits = digitsOf(withoutExtension(match));
  if (/^[48]00/.test(digits) && digits.length === 10) return false;
  if (
    /^(?:19|20)\d{2}[-. ]\d{1,2}[-. ]\d{1,2}$/.test(match) ||
    /^(?:19|20)\d{2} ?- ?(?:19|20)\d{2}$/.test(match)
  )
    return false;
  if (/^\d+\.\d+$/.test(match) || /^97[89]-/.test(match)) return false;
  return digits.length >= 7 && digits.length <= 15 && !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(match);
}

/** What stands before `x 12` or `ext. 12`. */
function withoutExtension(match: string): string {
  return match.split(/x|ext/, 1)[0] ?? '';
}

function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '');
}
