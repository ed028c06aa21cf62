import type { Question } from '../question/question.ts';
import { saying, matchable } from '../reading/match.ts';
import type { ReadUnit } from '../reading/page.ts';
import { tokens } from '../text/token.ts';

/** `No: ` or `Yes: ` before a sentence that says so explicitly; undefined where a reader has to conclude it. */
export function leadIn(question: Question, unit: ReadUnit): string | undefined {
  if (question.kind !== 'yes-no' || unit.kind === 'code' || unit.kind === 'row') return undefined;
  const verdict = verdictOf(question, unit);
  if (verdict === undefined) return undefined;
  if (question.language !== 'zh') return verdict ? 'Yes: ' : 'No: ';
  const [yes, no] = chineseWords.find(([pattern]) => pattern.test(question.text))?.[1] ?? ['是', '否'];
  return `${verdict ? yes : no}，`;
}

/** Chinese answers with the word that was asked with. */
const chineseWords: readonly (readonly [RegExp, readonly [string, string]])[] = [
  [/行不行/u, ['行', '不行']],
  [/能不能|能否|能/u, ['能', '不能']],
  [/可不可以|可否|可以/u, ['可以', '不可以']],
  [/会不会|会/u, ['会', '不会']],
  [/有没有|有/u, ['有', '没有']],
  [/要不要/u, ['要', '不要']],
  [/需要|需不需要|要/u, ['需要', '不需要']],
  [/用不用/u, ['用', '不用']],
  [/算不算/u, ['算', '不算']],
];

const negative = {
  en: /\b(?:not|no|never|nothing|none|cannot|neither)\b|n['’]t\b/i,
  zh: /不(?!起来|[到了出动住掉仅但过同论断管只止妨]|下去|超过|少于|低于|得不|会不)|没有?|无(?!论)|未(?!来)|并非/u,
} as const;
const limiting =
  /\b(?:only|unless|except|if|when|until|but|without|however|fail\w*|refuse\w*|instead)\b|[只但才]|除非|除了|如果|时[，,]|不过/iu;
/** Questions that ask by a negative, or whether something is denied: yes and no change places in them. */
const turned =
  /\b(?:not|without|never|no|fail|ignore[ds]?|skip|lose|lost|refuse[ds]?|forbidden|disabled?|miss|gone|only|still|or)\b|n['’]t\b|(?<![行算要会能用是对可])不|没(?!有)|失败|忽略|拒绝|丢失|禁止|还是|只/iu;

/** Whether the sentence explicitly says yes or no. */
function verdictOf(question: Question, unit: ReadUnit): boolean | undefined {
  if (turned.test(question.text)) return undefined;
  // Said of something else, a denial is no answer.
  if (question.keywords.some((keyword) => keyword.named && saying(keyword, unit) < 0.7)) return undefined;
  const language = question.language === 'zh' ? 'zh' : 'en';
  if (!negative[language].test(unit.text)) return affirms(question, unit) ? true : undefined;
  const denied = clausesOf(unit.text).some((clause) => denies(question, clause, language));
  return denied ? false : undefined;
}

/** Nothing that was asked is missing, and nothing limits it. */
function affirms(question: Question, unit: ReadUnit): boolean {
  const { keywords } = question;
  return (
    keywords.length >= 2 &&
    !limiting.test(unit.text) &&
    keywords.every((keyword) => saying(keyword, unit) >= 0.7)
  );
}

/** What is denied is what was asked: a word of the question beside the negation, and enough of it in the clause. */
function denies(question: Question, clause: string, language: 'en' | 'zh'): boolean {
  const found = negative[language].exec(clause);
  if (found === null || /\b(?:unless|except|only if)\b|除非|才能|只有.*才/iu.test(clause)) return false;
  const after = clause.slice(found.index + found[0].length);
  const beside =
    language === 'zh'
      ? (after.split(/[，、]/u)[0]?.slice(0, 8) ?? '')
      : `${after.split(/\s+/).slice(0, 5).join(' ')} ${/nothing|none/i.test(found[0]) ? (clause.slice(0, found.index).trim().split(/\s+/).at(-1) ?? '') : ''}`;
  const near = matchable(beside, tokens(beside));
  const whole = matchable(clause, tokens(clause));
  let total = 0;
  let said = 0;
  for (const keyword of question.keywords) {
    total += keyword.weight;
    said += keyword.weight * saying(keyword, whole);
  }
  const unavailable =
    /^ ?(?:yet )?(?:available|supported|possible|allowed|needed|required|offered|used|included)\b|^(?:支持|提供|需要|可用|允许)/iu.test(
      after,
    );
  // As a word: 数据 of the question is not in 数据库.
  const aligned =
    unavailable ||
    question.keywords.some(
      ({ stem, also }) => near.stems.has(stem) || also.some((way) => near.stems.has(way)),
    );
  return aligned && total > 0 && said / total >= 0.35;
}

function clausesOf(text: string): string[] {
  return text.split(/[;:；：。!?！？]|, (?:and|but|so|which|because) /u);
}
