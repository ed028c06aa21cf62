import type { Question } from '../question/question.ts';
import type { Candidate } from './candidates/candidate.ts';

/** Signs, beside its kind, that a candidate is what the question's kind asks for. */
export function kindSigns(
  question: Question,
  candidate: Pick<Candidate, 'kind' | 'start' | 'end'>,
  text: string,
): number {
  const own = text.slice(candidate.start, candidate.end);
  const before = text.slice(Math.max(0, candidate.start - 12), candidate.start);
  const after = text.slice(candidate.end, candidate.end + 3);
  if (question.kind === 'place') {
    if (/\b(?:in|at|near|from|to|on|of) (?:the )?$/i.test(before)) return 0.5;
    if (/[市州县郡国河山岛湖区省镇海洋洲城]$|(?:大学|大道|街|附近|地区)$/u.test(own)) return 0.5;
    return /(?:[在于到至往]|来自)$/u.test(before) ? 0.4 : 0;
  }
  if (question.kind === 'person') {
    // Nobody is called by a figure; teams, parties and firms act as persons do.
    if (/\d/.test(own)) return -0.8;
    if (/(?:[队党军]|公司|大学|委员会|政府|议会|协会)$/u.test(own)) return 0.5;
    if (candidate.kind !== 'name') return 0;
    if (/[·•‧]/u.test(own)) return 0.4;
    return /^\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]*){1,2}$/u.test(own) ? 0.3 : 0;
  }
  if (candidate.kind === 'number' || candidate.kind === 'date' || candidate.kind === 'duration') {
    // "2014" of "2014 年", "150" of "150 万": a number cut off from what it counts.
    if (/^ ?[年月日世万亿%％]/u.test(after) && !/[年月日纪万亿%％]$/u.test(own)) return -0.6;
    if (/^(?:once|twice)$/i.test(own) && !/often|times/i.test(question.text)) return -1.5;
    // "The default is 0; at most 2": what is asked stands right after the word.
    if (/\bdefault|默认/i.test(question.text) && /\bdefault|默认/i.test(text))
      return /(?:\bdefaults? (?:is|to|of)|默认值?(?:是|为)?) ?`?$/i.test(
        text.slice(Math.max(0, candidate.start - 16), candidate.start),
      )
        ? 0.8
        : -0.2;
    // Codes, ports and limits are written in digits.
    if (question.kind === 'value' && !/\d/.test(own)) return -1;
    // 半 of 一半, 一 of 一起: a single numeral that counts nothing is seldom a number.
    if (/^[一二三四五六七八九十百千万亿两零〇半]$/u.test(own)) return -1.5;
    // "One" and 一个 are articles as often as numbers.
    if (/^(?:one|一[个种些次])$/iu.test(own)) return -0.6;
    if (/[\d.,]$/.test(before) || /^[.,]?\d/.test(after)) return -0.6;
    if (question.kind === 'date' && /年|year/i.test(question.text) && !/\d{3,4}/.test(own)) return -0.4;
  }
  return 0;
}
