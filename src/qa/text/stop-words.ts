/** Words that carry no topic. Question words are among them: what they ask for is the question's type. */
const english = new Set(
  `a an the this that these those there here it its it's he she his her him they them their we our us you your i my me
  is are was were be been being am do does did doing done have has had having will would shall should can could may
  might must of in on at by for from to with without into onto upon about as than then so if and or but nor not no
  what which who whom whose when where why how many much any some such same other another each every both either
  also just only very more most one's s t d ll re ve let get gets got please tell me
  one off too yet whenever once
  during while within through between among over under per via`.split(/\s+/),
);

const chinese = new Set(
  `的 了 是 在 有 和 与 及 或 以 于 为 对 从 到 把 被 让 向 由 而 则 也 都 就 还 又 很 更 最 着 过 地 得 之 其 此 该 这 那 这个 那个
  这些 那些 一个 一种 一些 我 你 他 她 它 我们 你们 他们 它们 什么 哪 哪个 哪些 哪里 哪儿 哪种 哪位 哪家 哪一 谁 何 何时 何处 怎么 怎样
  怎么样 如何 为什么 为何 多少 多久 多长 几 几个 吗 呢 吧 啊 呀 请 请问 能 会 可以 可 应该 应 要 想 需要 是否 是不是 能不能 有没有 所
  时候 并 并且 但 但是 因为 所以 如果 中 上 下 里 个 位 名 种 次 些 做 用 使用 叫 叫做 称为 什么样`.split(
    /\s+/,
  ),
);

export function isStopWord(word: string): boolean {
  return english.has(word) || chinese.has(word) || contracted(word);
}

/** `what's`, `won't`, `I'd`: nothing but function words. */
function contracted(word: string): boolean {
  const parts = /^([a-z]+?)(n['’]t|['’](?:[sdm]|re|ll|ve))$/.exec(word);
  return parts !== null && (parts[2]?.startsWith('n') === true || english.has(parts[1] ?? ''));
}
