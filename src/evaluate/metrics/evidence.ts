import { detectLanguage } from '../../text/language.ts';
import type { Language } from '../../core/language.ts';
import { stem } from '../../text/terms.ts';
import { words } from '../../text/words.ts';

/** What a sentence states, in pieces that a passage must hold for the sentence to rest on it. */
export interface Claims {
  readonly language: Language;
  /** Content words: stems in English, words of at least two characters in Chinese. */
  readonly content: readonly string[];
  /** Numbers, thousands separators and leading noughts removed. */
  readonly numbers: readonly string[];
  /** Names and identifiers: capitalised inside a sentence, with inner capitals, digits or code marks. */
  readonly names: readonly string[];
  readonly negated: boolean;
}

const functionWords = new Set(
  (
    'a an the of in on at to for from by with and or but nor so yet as if then than that this these those it its he ' +
    'she they them their his her we you your our i is are was were be been being am do does did done have has had having ' +
    'can could may might will would shall should must not no never there here what which who whom whose when where why ' +
    'how all any each both some such only own same too very just also about into over under again more most other out up ' +
    'down off between because while during before after above below through until per via etc ' +
    '的 了 在 是 和 与 或 及 并 而 但 则 就 也 都 还 又 把 被 将 会 可 可以 能 能够 应 应当 需 需要 要 对 从 到 由 于 以 为 为了 因为 所以 ' +
    '如果 那么 这 那 这个 那个 这些 那些 其 它 它们 他 她 他们 我 我们 你 您 你们 有 没有 不 没 无 一个 一种 一 个 些 等 中 里 上 下 时 后 前 ' +
    '之 所 着 过 地 得 吗 呢 吧 啊 什么 哪个 哪些 怎么 如何 多少 进行 通过 使用 用 来 去 让 使 给 向 按 当 每 各 该 此 即 只 仅'
  ).split(' '),
);

const negation = /\b(?:not|no|never|none|neither|nor|without|cannot)\b|n['’]t\b|[不没無无未非勿莫]/iu;
/** Chinese words that hold a negating character and negate nothing. */
const falseNegation = /不仅|不但|不只|不同|不断|非常|除非|无论|不论|未来/g;

export function claimsOf(text: string): Claims {
  const content = new Set<string>();
  for (const word of words(text)) {
    if (functionWords.has(word.text) || /^[\d.,:]+$/.test(word.text)) continue;
    const han = /\p{Script=Han}/u.test(word.text);
    if (han && word.text.length < 2) continue;
    content.add(han ? word.text : stem(word.text));
  }
  return {
    language: detectLanguage(text),
    content: [...content],
    numbers: numbersIn(text),
    names: namesIn(text),
    negated: negation.test(text.replaceAll(falseNegation, '')),
  };
}

/** The numbers of a text in one spelling: `1,024` as `1024`, `07` as `7`, full-width digits folded. */
export function numbersIn(text: string): string[] {
  const found = text.normalize('NFKC').match(/\d+(?:[.,]\d+)*/g) ?? [];
  return [
    ...new Set(found.map((each) => each.replaceAll(/,(?=\d{3}(?:\D|$))/g, '').replace(/^0+(?=\d)/, ''))),
  ];
}

/** Names and identifiers, lower-cased: `Towpath`, `top_k`, `BM25`, `towpath.yaml`; not the first word of a sentence. */
export function namesIn(text: string): string[] {
  const folded = text.normalize('NFKC');
  const names = new Set<string>();
  const lead = /^[\s"'“‘(（*_`#>-]*/.exec(folded)?.[0].length ?? 0;
  for (const match of folded.matchAll(/[A-Z][A-Z0-9]*(?:[._/@-][A-Z0-9]+)*/gi)) {
    const [word] = match;
    const identifier = /[._/@\d]|[a-z][A-Z]|^[A-Z]{2,}/.test(word);
    const first = match.index <= lead;
    if (identifier || (/^[A-Z]/.test(word) && !first && word.length > 1)) names.add(word.toLowerCase());
  }
  return [...names];
}
