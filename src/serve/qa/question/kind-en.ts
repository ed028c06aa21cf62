import type { KindMatch, QuestionKind } from './kinds.ts';

/** First match wins: narrow patterns stand before wide ones. The match's place is where the question asks. */
const patterns: readonly (readonly [QuestionKind, RegExp])[] = [
  ['how-to', /^(?:and |but |so )?how (?:do|can|could|should|would|must|may) (?:i|you|we|one|someone|people|users?)\b/],
  ['how-to', /^how to\b/],
  ['duration', /\bhow long\b(?! is the (?:river|road|rhine|coast|bridge|line))|\bhow many (?:years|months|weeks|days|hours|minutes|seconds)\b/],
  ['number', /\bhow (?:many|much|old|far|tall|high|big|large|fast|often|deep|wide|heavy|long|few|small)\b/],
  ['number', /\b(?:what|which) (?:(?:is|was|were|are) the )?(?:total |average |approximate |maximum |minimum |estimated )*(?:number|percentage|percent|proportion|population|amount|size|rank|score|price|cost|share|temperature|height|length|speed)\b/],
  ['value', /\b(?:what|which) (?:is|are|was) the default\b|\bdefaults? (?:to|value)\b|\bby default\b/],
  ['identifier', /\b(?:what|which) (?:\w+ )?(?:command|setting|option|flag|key|file|folder|field|metric|error|code|exit code|port|endpoint|path|url|variable|parameter)s?\b/],
  ['date', /\b(?:when|(?:what|which) (?:\w+ )?(?:year|date|day|month|century|decade|time|era|period)s?)\b/],
  ['person', /\b(?:who|whom|whose)\b|\b(?:what|which) (?:\w+ ){0,2}?(?:person|people|man|woman|king|queen|emperor|leader|president|author|artist|singer|actor|actress|player|scientist|founder|director|writer|character|composer|pope|general|governor|mathematician|philosopher)\b/],
  ['place', /\bwhere\b|\b(?:what|which) (?:\w+ ){0,2}?(?:city|cities|country|countries|state|states|place|places|location|region|continent|town|county|river|island|province|area|stadium|venue)\b/],
  ['reason', /\bwhy\b|\b(?:what|which) (?:was|is|were|are) the (?:\w+ )?(?:reason|cause|purpose|goal)\b|\bhow come\b|\bwhat (?:causes?|caused)\b/],
  ['definition', /^what (?:is|are) (?:an? |the )?[\w-]+(?: [\w-]+)?\??$|\bwhat does .+ (?:mean|stand for)\b|^define\b|\bmeaning of\b|^what does .+ do\b/],
  ['other', /\b(?:what|which|how)\b/],
  ['yes-no', /^(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|may|must)\b/],
]; // prettier-ignore

export function englishKind(question: string): KindMatch {
  const lower = question.toLowerCase();
  if (/^(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|may|must)\b/.test(lower)) {
    return { kind: 'yes-no', gap: { start: 0, end: 0 } };
  }
  for (const [kind, pattern] of patterns) {
    const match = pattern.exec(lower);
    if (match === null) continue;
    return { kind, gap: { start: match.index, end: match.index + match[0].length } };
  }
  return { kind: 'other', gap: { start: question.length, end: question.length } };
}
