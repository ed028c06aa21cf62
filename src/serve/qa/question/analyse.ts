import type { Language } from '../../../core/language.ts';
import type { Lexicon } from '../lexicon.ts';
import { tokens, type Token } from '../text/token.ts';
import { entitiesOf } from './entities.ts';
import { englishKind } from './kind-en.ts';
import { chineseKind } from './kind-zh.ts';
import type { Gap, QuestionKind } from './kinds.ts';
import type { Keyword, Question } from './question.ts';

/** Reads a question: what it asks for, where, and by which words it can be found. */
export function analyse(text: string, language: Language, lexicon: Lexicon): Question {
  const { kind, gap } = language === 'zh' ? chineseKind(text) : englishKind(text);
  const words = tokens(text);
  const entities = entitiesOf(text);
  return {
    text,
    language,
    kind,
    gap,
    entities,
    keywords: keywordsOf(words, kind, gap, entities, lexicon),
    focus: focusOf(words, gap),
  };
}

function keywordsOf(
  words: readonly Token[],
  kind: QuestionKind,
  gap: Gap,
  entities: readonly string[],
  lexicon: Lexicon,
): Keyword[] {
  const keywords = new Map<string, Keyword>();
  for (const word of words) {
    if (word.stop || keywords.has(word.stem)) continue;
    // "year" of "what year" names the kind of the answer: a passage that answers need not say it.
    const asking = word.start < gap.end && word.end > gap.start && kind !== 'definition';
    const named = entities.some((entity) => entity.includes(word.text));
    const weight = lexicon.rarity(word.stem) * (asking ? 0.3 : named ? 1.3 : 1);
    keywords.set(word.stem, {
      text: word.text,
      stem: word.stem,
      weight,
      named,
      known: lexicon.knows(word.stem),
    });
  }
  return [...keywords.values()];
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
