import type { Language } from '../../core/language.ts';
import type { Lexicon } from '../lexicon.ts';
import { stem } from '../text/stem.ts';
import { synonymsOf } from '../text/synonyms.ts';
import { isHan, tokens, type Token } from '../text/token.ts';
import { askedSort } from './code-sort.ts';
import { entitiesOf, strangersIn } from './entities.ts';
import { englishKind } from './kind-en.ts';
import { chineseKind } from './kind-zh.ts';
import type { Gap, QuestionKind } from './kinds.ts';
import { asksForSeveral } from './plural.ts';
import type { Keyword, Question } from './question.ts';

/** Reads a question: what it asks for, where, and by which words it can be found. */
export function analyse(text: string, language: Language, lexicon: Lexicon): Question {
  const { kind, gap } = language === 'zh' ? chineseKind(text) : englishKind(text);
  const words = compounded(tokens(text), text, lexicon);
  const entities = [
    ...new Set([...entitiesOf(text), ...strangersIn(text, (word) => lexicon.knows(stem(word)))]),
  ];
  const where = kind === 'identifier' || kind === 'place';
  return {
    text,
    language,
    kind,
    gap,
    entities,
    keywords: keywordsOf(words, kind, gap, entities, lexicon),
    focus: focusOf(words, gap),
    rarest: lexicon.rarity('\u0000'),
    // Chinese names the thing after the asking word: 哪条|命令.
    sort: where ? askedSort(text.slice(gap.start, gap.end + (language === 'zh' ? 6 : 0))) : undefined,
    plural: asksForSeveral(text, gap),
  };
}

/** "roll back" of a question is `rollback` where the documents write so, "re-run" is `rerun`, 文件|夹 is 文件夹. */
function compounded(words: readonly Token[], text: string, lexicon: Lexicon): Token[] {
  const joined: Token[] = [];
  for (const word of words) {
    const before = joined.at(-1);
    const whole = before && `${before.text}${word.text}`;
    if (
      before === undefined ||
      whole === undefined ||
      (isHan(whole) && !(before.end === word.start && synonymsOf(whole).length > 0)) ||
      (!isHan(whole) && !joinable(before, word, text)) ||
      ![stem(whole), ...synonymsOf(stem(whole))].some((way) => lexicon.knows(way))
    ) {
      joined.push(word);
      continue;
    }
    joined.pop();
    joined.push({ text: whole, stem: stem(whole), stop: false, start: before.start, end: word.end });
  }
  return joined;
}

function joinable(before: Token, word: Token, text: string): boolean {
  const letters = /^[a-z]{2,}$/.test(before.text) && /^[a-z]{2,}$/.test(word.text);
  return (
    letters && /^[ -]$/.test(text.slice(before.end, word.start)) && (!before.stop || before.text === 're')
  );
}

/** What a word of the question that only says what kind of answer is wanted counts: "year" of "what year". */
const askingWord = 0.3;

function keywordsOf(
  words: readonly Token[],
  kind: QuestionKind,
  gap: Gap,
  entities: readonly string[],
  lexicon: Lexicon,
): Keyword[] {
  const keywords = new Map<string, Keyword>();
  const head = headOf(words, kind, gap);
  for (const word of words) {
    if (word.stop || keywords.has(word.stem)) continue;
    const asking = word === head;
    const named = entities.some((entity) => entity.includes(word.text));
    const also = otherWays(word, lexicon);
    const known = lexicon.knows(word.stem);
    const rarity =
      known || also.length === 0
        ? lexicon.rarity(word.stem)
        : Math.max(...also.map((other) => lexicon.rarity(other)));
    keywords.set(word.stem, {
      text: word.text,
      stem: word.stem,
      weight: rarity * (asking ? askingWord : named ? 1.3 : 1),
      named,
      known: known || also.length > 0,
      unknownItself: !known,
      also,
    });
  }
  return [...keywords.values()];
}

/** "year" of "what year" names the kind of the answer: a passage that answers need not say it. */
function headOf(words: readonly Token[], kind: QuestionKind, gap: Gap): Token | undefined {
  if (kind === 'definition' || kind === 'how-to') return undefined;
  const last = words.findLast(({ start, end }) => start < gap.end && end > gap.start);
  return last === undefined || last.stop || /^(?:defaults?|默认)$/.test(last.text) ? undefined : last;
}

/** Synonyms that some passage has, and `run` for `rerun`. */
function otherWays({ stem: own, text }: Token, lexicon: Lexicon): string[] {
  const ways = [...synonymsOf(isHan(text) ? text : own)];
  const again = /^re-?([a-z]{3,})$/.exec(own)?.[1];
  if (again !== undefined) ways.push(again);
  return ways.filter((way) => way !== own && lexicon.knows(way));
}

/** The nouns right after the asking word, up to the next function word. */
function focusOf(words: readonly Token[], gap: Gap): string[] {
  const focus: string[] = [];
  for (const word of words) {
    if (word.end <= gap.start) continue;
    if (word.start < gap.end && word.stop) continue;
    if (word.start > gap.end + 1 + focus.length * 12 && focus.length === 0) break;
    if (word.stop || focus.length === 4) break;
    focus.push(word.stem);
  }
  return focus;
}
