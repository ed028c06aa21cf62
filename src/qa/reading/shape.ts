import { isStopWord } from '../text/stop-words.ts';
import { isHan, type Token } from '../text/token.ts';
import type { Candidate } from './candidates/candidate.ts';
import type { ScoredUnit } from './score-units.ts';

const measured = new Set<Candidate['kind']>(['number', 'date', 'duration', 'version', 'code', 'quoted']);

/** How much a candidate looks like something cut at its joints: about -1 to 0.5, whatever the question. */
export function shape(scored: ScoredUnit, candidate: Candidate): number {
  if (measured.has(candidate.kind)) return 0;
  const { text } = scored.page;
  const inside: Token[] = [];
  let before: Token | undefined;
  let after: Token | undefined;
  for (const token of scored.unit.tokens) {
    if (token.end <= candidate.start) before = token;
    else if (token.start >= candidate.end) {
      after = token;
      break;
    } else inside.push(token);
  }
  const left =
    before !== undefined && /^ ?$/.test(text.slice(before.end, candidate.start)) ? before : undefined;
  const right =
    after !== undefined && /^ ?$/.test(text.slice(candidate.end, after.start)) ? after : undefined;
  const own = text.slice(candidate.start, candidate.end);
  return isHan(own)
    ? chineseShape(own, inside, left, right, text, candidate)
    : englishShape(own, inside, left, right, text);
}

function englishShape(
  own: string,
  inside: readonly Token[],
  left: Token | undefined,
  right: Token | undefined,
  text: string,
): number {
  let score = 0;
  const single = inside.length === 1 && own === own.toLowerCase();
  if (single) score -= /(?:ed|ing|ly)$/.test(own) ? 0.5 : 0.2;
  if (left !== undefined && /^(?:the|an?|its|his|her|their|by|of|called|as)$/.test(left.text)) score += 0.2;
  if (left !== undefined && capital(text, left) && capital(text, inside[0])) score -= 0.4;
  if (right !== undefined && capital(text, right) && capital(text, inside.at(-1))) score -= 0.4;
  if (right === undefined || right.stop) score += 0.15;
  if (inside.length > 8) score -= 0.3;
  return score;
}

/** Frequent verbs that seldom stand in a name or a noun phrase. */
const verbs =
  /击败|打败|担任|成为|参加|获得|面临|开始|进行|导致|认为|表示|包括|发现|提供|建立|成立|位于|拥有|支持|使用|出现|允许|存在|发生|需要/u;

function chineseShape(
  own: string,
  inside: readonly Token[],
  left: Token | undefined,
  right: Token | undefined,
  text: string,
  candidate: Candidate,
): number {
  let score = 0;
  if (own.length === 1) score -= 0.8;
  else if (own.length > 2 && own.length <= 10) score += 0.15;
  else if (own.length > 18) score -= 0.3;
  if (/[是被把在了将由会从使让]/u.test(own)) score -= 0.4;
  if (/的/u.test(own)) score -= 0.1;
  if (verbs.test(own)) score -= 0.3;
  score += edge(left, inside[0]) + edge(right, inside.at(-1));
  if (/[·•‧]/u.test(text.charAt(candidate.start - 1) + text.charAt(candidate.end))) score -= 1;
  return score;
}

/** A joint with a function word or punctuation is good; one between single letters cuts a name that no dictionary has. */
function edge(outside: Token | undefined, inside: Token | undefined): number {
  if (outside === undefined || outside.stop || isStopWord(outside.text)) return 0.25;
  const unknown =
    outside.text.length === 1 && inside?.text.length === 1 && isHan(outside.text) && isHan(inside.text);
  return unknown ? -0.4 : 0;
}

function capital(text: string, token: Token | undefined): boolean {
  return token !== undefined && /^\p{Lu}/u.test(text.slice(token.start, token.start + 2));
}
