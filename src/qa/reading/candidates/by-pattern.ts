import type { Candidate, CandidateKind } from './candidate.ts';

const month =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)';
const spelled =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|dozen|half|third|quarter';
/** Bounded: a long run of digits that no unit follows would be gone through once more from each of its places. */
const digits = '\\d{1,20}(?:[.,]\\d{1,20}){0,9}[½¼¾⅓⅔]?';
const scale = '(?:hundred|thousand|million|billion|trillion)';
const span = '(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centuries|century|ms|s|min)';
/** Units of computing follow a number in either language. */
const bytes = '(?: (?:[KMGT]i?B|bytes|tokens|characters|ms)\\b)?';
const han = '[一二三四五六七八九十百千万亿两零〇半]';
const measure =
  '[万亿千百]*多?(?:个?(?:字符|字节|词元|线程)|[个名位人次种条座所家倍分码米元度吨票场支件只岁层张部本届篇项词章代级成]|英里|公里|千米|平方英里|平方公里|英尺|英寸|美元|英镑|欧元|公斤|千克)?';

const english: readonly (readonly [CandidateKind, RegExp])[] = [
  ['date', new RegExp(`\\b(?:\\d{1,2}(?:st|nd|rd|th)? )?${month}\\.?(?: \\d{1,2}(?:st|nd|rd|th)?)?(?:,? \\d{4})?\\b`, 'gu')],
  ['date', /\b(?:(?:early|late|mid)[- ])?(?:the )?(?:1\d{3}|20\d{2})s?(?:\s?(?:[-–]|to|and|until)\s?(?:\d{4}|\d{2}))?\b(?: (?:BC|AD|BCE|CE)\b)?/gu],
  ['date', /\b\d{1,4} (?:BC|AD|BCE|CE)\b|\b(?:(?:early|late|mid)[- ])?\d{1,2}(?:st|nd|rd|th)(?: and \d{1,2}(?:st|nd|rd|th))?[- ](?:century|centuries)\b/gu],
  ['duration', new RegExp(`\\b(?:(?:about|over|nearly|almost|around|up to) )?(?:${digits}|${spelled})(?: ?(?:to|[-–]) ?(?:${digits}|${spelled}))?[- ]?(?:${scale} )?${span}\\b`, 'giu')],
  ['number', new RegExp(`[$€£¥]\\s?${digits}(?: ${scale})?|\\b${digits}(?: ${scale}| ?%| percent)?(?!\\w)${bytes}`, 'gu')],
  ['number', new RegExp(`\\b(?:(?:${spelled})(?:[- ](?:${spelled}))*|once|twice)\\b(?: ${scale})?`, 'giu')],
]; // prettier-ignore

const chinese: readonly (readonly [CandidateKind, RegExp])[] = [
  ['date', /(?:公元前?)? ?\d{1,4} ?年(?: ?\d{1,2} ?月)?(?: ?\d{1,2} ?[日号])?(?: ?[至到\-–—] ?(?:\d{1,4} ?年)?(?: ?\d{1,2} ?月)?(?: ?\d{1,2} ?[日号])?)?/gu],
  ['date', /(?:\d{1,2}|[一二三四五六七八九十]{1,9}) ?(?:月(?: ?(?:\d{1,2}|[一二三四五六七八九十]+) ?[日号])?|世纪(?: ?\d{2} ?年代)?(?:初|末|中期|早期|晚期|后期|前期)?)/gu],
  ['date', /\d{4}(?:[-–]\d{2,4})?/gu],
  ['duration', new RegExp(`(?:约|大约|近|超过)?(?: ?\\d{1,20}(?:[.,]\\d{1,20}){0,9}|${han}{1,20}) ?多?[万亿千百]?个?(?:[年月天日秒周]|小时|分钟|星期)(?:[半多]|左右)?`, 'gu')],
  ['number', new RegExp(`${digits}(?: ?[%％]|(?: ?[KMGT]i?B| ?ms)\\b| ?${measure})`, 'gu')],
  ['number', new RegExp(`(?:百分之|第)?${han}+(?:分之${han}+)? ?${measure}`, 'gu')],
]; // prettier-ignore

const version = '(?:Node(?:\\.js)?|Python|v(?:ersion)?)? ?\\d{1,20}(?:\\.\\d{1,20}){1,9}';

const either: readonly (readonly [CandidateKind, RegExp])[] = [
  [
    'version',
    new RegExp(
      `(?<![\\w.])${version}(?![\\w.]{0,40}\\d)(?: or (?:newer|later|above)|及以上| ?或更高版本)?`,
      'giu',
    ),
  ],
  ['quoted', /["“「『]([^"”」』\n]{1,80})["”」』]|《[^》\n]{1,60}》/gu],
  ['code', /`([^`\n]{1,80})`/gu],
  ['code', /(?<![\w-])--?[a-z][\w-]*|\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/gu],
];

/** Numbers, dates, durations, quotations and code inside `text`, which begins at `offset` of its passage. */
export function byPattern(text: string, offset: number, language: 'en' | 'zh'): Candidate[] {
  const candidates: Candidate[] = [];
  for (const [kind, pattern] of [...(language === 'zh' ? chinese : english), ...either]) {
    for (const match of text.matchAll(pattern)) {
      const inner = match[1];
      const raw = inner ?? match[0];
      const from = match.index + (inner === undefined ? 0 : match[0].indexOf(inner));
      const lead = raw.length - raw.trimStart().length;
      const trimmed = raw.trim();
      if (trimmed === '') continue;
      candidates.push({ kind, start: offset + from + lead, end: offset + from + lead + trimmed.length });
    }
  }
  return candidates;
}
