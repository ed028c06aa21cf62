import type { Language } from '../../core/language.ts';

/** Marks such as `[1]` or `[2, 3]` that point to citations and are no part of what was said. */
const citationMark = /\[\d{1,3}(?:\s*[,，、]\s*\d{1,3})*\]/;

/** SQuAD's ASCII punctuation and, beyond it, that of every script; other symbols (`⊆`, `°`) are content. */
const punctuation = /[\p{P}$+<=>^`|~]+/gu;

export function withoutCitations(text: string): string {
  const parts = text.split(citationMark);
  // White space before a mark goes with it; a pattern would look at it again from each of its places.
  return parts.map((part, at) => (at === parts.length - 1 ? part : part.trimEnd())).join('');
}

/**
 * An answer as tokens that can be compared. English as in SQuAD: lower case, punctuation and the articles removed,
 * words by white space. Chinese as in CMRC 2018: width folded, punctuation removed, each Han character a token, a run of
 * Latin letters or digits one token.
 */
export function answerTokens(text: string, language: Language): string[] {
  const folded = withoutCitations(text).normalize('NFKC').toLowerCase();
  return language === 'zh' ? chineseTokens(folded) : englishTokens(folded);
}

function englishTokens(text: string): string[] {
  return text
    .replaceAll(punctuation, '')
    .replaceAll(/\b(?:a|an|the)\b/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
}

function chineseTokens(text: string): string[] {
  return text.replaceAll(punctuation, '').match(/\p{Script=Han}|[^\p{Script=Han}\s]+/gu) ?? [];
}
