import type { KindMatch, QuestionKind } from './kinds.ts';

/** "what", "what's", "which is the": up to the noun that is asked for. */
const which = "\\b(?:what|which)(?:['’]s| is| are| was| were)?(?: the| an?| my| our| its| your)?";
const upToThree = '(?:[\\w.-]+ ){0,3}?';
const noun = (words: string, between = upToThree): RegExp =>
  new RegExp(`${which} ${between}(?:${words})s?\\b`);

/** First match wins: narrow patterns stand before wide ones. The match's place is where the question asks. */
const patterns: readonly (readonly [QuestionKind, RegExp])[] = [
  ['how-to', /^(?:and |but |so )?how (?:do|does|can|could|should|would|must|may) (?:i|you|we|one|someone|somebody|anyone|people|users?|an? (?:user|colleague|client|program|developer|administrator|team|visitor))\b/],
  ['how-to', /^how to\b|\bwhat (?:do|must|should|can) (?:i|we|you|one) (?:have to |need to )?(?:do|run|type|enter|call|change|set|use)\b/],
  ['definition', /\bwhat do(?:es)? .+ (?:mean|stand for)\b|^define\b|\bmeaning of\b|^what (?:is|are) .+ (?:for|good for)\??$/],
  ['consequence', /\bwhat (?:happens|happened|becomes|will happen|would happen|occurs|follows)\b/],
  ['duration', /\b(?:after )?how long\b(?! is the (?:river|road|rhine|coast|bridge|line))(?! (?:may|can|could|must|should) an? )|\bhow many (?:years|months|weeks|days|hours|minutes|seconds)\b/],
  ['number', /\bhow (?:many|much|old|far|tall|high|big|large|fast|often|deep|wide|heavy|long|few|small)\b/],
  ['number', noun('number|percentage|percent|proportion|population|amount|size|rank|score|price|cost|share|temperature|height|length|speed', '(?:total |average |approximate |maximum |minimum |estimated |largest |greatest )*')],
  ['value', /\b(?:what|which)(?:['’]s| is| are| was| were) the default\b|\bdefaults? (?:to|value)\b|\bby default\b/],
  ['value', noun('port|exit (?:code|status)|exit statuse|status(?: code)?|statuse|error code|version|release number|limit|checksum')],
  ['identifier', noun('command|setting|option|flag|switche?|key|file|folder|director(?:y|ie)|field|metric|endpoint|path|url|variable|parameter|knob|header|model name|event|package|function|method|class|argument|property|module|extension')],
  ['date', /\b(?:when|(?:what|which) (?:\w+ )?(?:year|date|day|month|century|decade|time|era|period)s?)\b/],
  ['person', /\b(?:who|whom|whose)\b|\b(?:what|which) (?:\w+ ){0,2}?(?:person|people|man|woman|king|queen|emperor|leader|president|author|artist|singer|actor|actress|player|scientist|founder|director|writer|character|composer|pope|general|governor|mathematician|philosopher)\b/],
  ['place', /\bwhere\b|\b(?:what|which) (?:\w+ ){0,2}?(?:city|cities|country|countries|state|states|place|places|location|region|continent|town|county|river|island|province|area|stadium|venue)\b/],
  ['reason', /\bwhy\b|\b(?:what|which) (?:was|is|were|are) the (?:\w+ )?(?:reason|cause|purpose|goal)\b|\bhow come\b|\bwhat (?:causes?|caused)\b/],
  ['definition', /^what(?:['’]s| is| are) (?:an? |the )?[\w-]+(?: [\w-]+)?\??$|^what does .+ do\b/],
  ['other', /\b(?:what|which|how)\b/],
]; // prettier-ignore

const yesNo =
  /^(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|may|must|isn't|aren't|doesn't|don't|can't|won't)\b/;
const askingWords = 'what|which|who|whom|whose|when|where|why|how';
const asking = new RegExp(`\\b(?:${askingWords})\\b`);
const opensAsking = new RegExp(`^(?:\\w+ )?(?:${askingWords})\\b`);
/** "May I copy it, or which ...": a question in a later clause asks; after "know" and the like it is only told of. */
const alternative = /,? (?:and|or) (?=(?:what|which|who|when|where|why|how)\b)/;

export function englishKind(question: string): KindMatch {
  // "I am on a laptop. How can I ...?" asks in its last sentence.
  const offset = lastSentence(question);
  const lower = question.slice(offset).toLowerCase();
  if (yesNo.test(afterCondition(lower)) && !alternative.test(lower))
    return { kind: 'yes-no', gap: { start: offset, end: offset } };
  // Only the first asking word asks: "what happens when ..." wants no date. A "when" that opens a condition asks nothing.
  const condition = lower.length - afterCondition(lower).length;
  const first = condition + (asking.exec(lower.slice(condition))?.index ?? lower.length - condition);
  const rest = lower.slice(condition);
  let best: KindMatch | undefined;
  for (const [kind, pattern] of patterns) {
    const match = pattern.exec(rest);
    if (match === null) continue;
    const index = condition + match.index;
    if (index > first && kind !== 'value') continue;
    const gap = { start: offset + Math.min(index, first), end: offset + index + match[0].length };
    // "Which setting raises the limit": of two nouns, the nearer one is asked for.
    if (best === undefined) best = { kind, gap };
    else if (kind === 'identifier' && gap.end < best.gap.end) best = { kind, gap };
    if (best.kind !== 'value' && best.kind !== 'number') break;
  }
  if (best !== undefined) return best;
  return { kind: 'other', gap: { start: question.length, end: question.length } };
}

/** Where the sentence begins that ends in the question's last mark; 0 when it is the only one. */
function lastSentence(question: string): number {
  const whole = question.trimEnd();
  if (!whole.endsWith('?')) return 0;
  const before = whole.slice(0, -1);
  const from = Math.max(0, before.lastIndexOf('!'), before.lastIndexOf('?'));
  const end = /[.!?]\s+/.exec(before.slice(from));
  return end === null ? 0 : from + end.index + end[0].length;
}

/** "If a page breaks the gates, what ...", "In a suite, how ...": the question after its first clause. */
function afterCondition(question: string): string {
  const clause =
    /^(?:if|when|in|on|with|without|after|before|once|while|for|at|by|during)\b[^,?]{3,120}, /.exec(question);
  if (clause === null) return question;
  const rest = question.slice(clause[0].length);
  return yesNo.test(rest) || opensAsking.test(rest) ? rest : question;
}
