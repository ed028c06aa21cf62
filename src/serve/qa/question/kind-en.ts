import type { KindMatch, QuestionKind } from './kinds.ts';

/** First match wins: narrow patterns stand before wide ones. The match's place is where the question asks. */
const patterns: readonly (readonly [QuestionKind, RegExp])[] = [
  ['how-to', /^(?:and |but |so )?how (?:do|can|could|should|would|must|may) (?:i|you|we|one|someone|people|users?)\b/],
  ['how-to', /^how to\b/],
  ['duration', /\bhow long\b(?! is the (?:river|road|rhine|coast|bridge|line))|\bhow many (?:years|months|weeks|days|hours|minutes|seconds)\b/],
  ['number', /\bhow (?:many|much|old|far|tall|high|big|large|fast|often|deep|wide|heavy|long|few|small)\b/],
  ['number', /\b(?:what|which) (?:(?:is|was|were|are) the )?(?:total |average |approximate |maximum |minimum |estimated )*(?:number|percentage|percent|proportion|population|amount|size|rank|score|price|cost|share|temperature|height|length|speed)\b/],
  ['value', /\b(?:what|which) (?:is|are|was) the default\b|\bdefaults? (?:to|value)\b|\bby default\b/],
  ['value', /\b(?:what|which) (?:\w+ )?(?:port|exit (?:code|status)|status(?: code)?|error code|version|limit)s?\b/],
  ['identifier', /\b(?:what|which) (?:\w+ )?(?:command|setting|option|flag|key|file|folder|field|metric|endpoint|path|url|variable|parameter|knob|header|model name)s?\b/],
  ['date', /\b(?:when|(?:what|which) (?:\w+ )?(?:year|date|day|month|century|decade|time|era|period)s?)\b/],
  ['person', /\b(?:who|whom|whose)\b|\b(?:what|which) (?:\w+ ){0,2}?(?:person|people|man|woman|king|queen|emperor|leader|president|author|artist|singer|actor|actress|player|scientist|founder|director|writer|character|composer|pope|general|governor|mathematician|philosopher)\b/],
  ['place', /\bwhere\b|\b(?:what|which) (?:\w+ ){0,2}?(?:city|cities|country|countries|state|states|place|places|location|region|continent|town|county|river|island|province|area|stadium|venue)\b/],
  ['reason', /\bwhy\b|\b(?:what|which) (?:was|is|were|are) the (?:\w+ )?(?:reason|cause|purpose|goal)\b|\bhow come\b|\bwhat (?:causes?|caused)\b/],
  ['definition', /^what (?:is|are) (?:an? |the )?[\w-]+(?: [\w-]+)?\??$|\bwhat does .+ (?:mean|stand for)\b|^define\b|\bmeaning of\b|^what does .+ do\b/],
  ['other', /\b(?:what|which|how)\b/],
]; // prettier-ignore

const yesNo = /^(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|may|must)\b/;
const asking = /\b(?:what|which|who|whom|whose|when|where|why|how)\b/;

export function englishKind(question: string): KindMatch {
  // "I am on a laptop. How can I ...?" asks in its last sentence.
  const from = /[.!?]\s+(?=[^.!?]*\?\s*$)/.exec(question);
  const offset = from === null ? 0 : from.index + from[0].length;
  const lower = question.slice(offset).toLowerCase();
  if (yesNo.test(lower)) return { kind: 'yes-no', gap: { start: offset, end: offset } };
  // Only the first asking word asks: "what happens when ..." wants no date.
  const first = asking.exec(lower)?.index ?? lower.length;
  for (const [kind, pattern] of patterns) {
    const match = pattern.exec(lower);
    if (match === null || (match.index > first && kind !== 'value')) continue;
    const start = Math.min(match.index, first);
    return { kind, gap: { start: offset + start, end: offset + match.index + match[0].length } };
  }
  return { kind: 'other', gap: { start: question.length, end: question.length } };
}
