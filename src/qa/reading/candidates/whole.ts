import type { Candidate } from './candidate.ts';

/** What means something only whole: code, versions, addresses, a number with its unit, a path. */
const pieces = [
  /\d[\d.,]{0,40}(?: ?[万亿年月日%％]| (?:hundred|thousand|million|billion|percent)\b)/gu,
  /`[^`\n]+`/gu,
  /\bv?\d+(?:\.\d+)+\b/gu,
  /\bNode\.js\b|\b\w+(?:[./:@]\w+)+\b/gu,
  /\d[\d.,]{0,40}[- ]?(?:[KMGT]i?B|bytes?|tokens?|characters?|milliseconds?|seconds?|minutes?|hours?|ms|cores?|threads?)\b/giu,
  /\d[\d.,]{0,40} ?个?(?:毫秒|秒钟?|分钟|小时|字节|字符|词元|字|核|线程|[KMGT]i?B)|[两二三四五六七八九十半一]{1,9}(?:分钟|秒钟?|小时|个字符)/gu,
];

/** Without the candidates that begin or end inside such a piece; code may be cut out of its own quotation marks. */
export function uncut(candidates: readonly Candidate[], text: string, offset: number): Candidate[] {
  const within = new Uint8Array(text.length + 1);
  for (const pattern of pieces)
    for (const match of text.matchAll(pattern))
      within.fill(1, match.index + 1, match.index + match[0].length);
  const cuts = (at: number): boolean => within[at - offset] === 1;
  return candidates.filter(({ start, end, kind }) => kind === 'code' || !(cuts(start) || cuts(end)));
}
