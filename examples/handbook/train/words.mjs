// The wording of generated questions and answers, in both languages. A list holds variants: one is picked by the row's id.

/** Most words of a generated answer in English, and most characters in Chinese (one name in code counts as one). */
const longest = { en: 25, zh: 48 };

export function isShort(language, answer) {
  const plain = answer.replaceAll(/`[^`]+`/g, 'x');
  return language === 'en'
    ? plain.split(/\s+/).length <= longest.en
    : plain.replaceAll(/[\s\p{P}]/gu, '').length <= longest.zh;
}

/** A phrase as a sentence: a capital first, unless it begins with code, and a full stop last. */
export function asSentence(language, phrase) {
  const trimmed = phrase.trim().replace(/[.。；;，,]$/, '');
  return trimmed.charAt(0).toUpperCase() + trimmed.slice(1) + (language === 'en' ? '.' : '。');
}

/** A sentence after "that": English words that begin a sentence lose their capital, names keep theirs. */
const afterThat = (sentence) =>
  sentence.replace(
    /^(?:An?|The|Some|Every|Each|No|Nothing|None|There|Another|One|What|Something)\b/,
    (word) => word.toLowerCase(),
  );

export const words = {
  en: {
    remedy: /^\*\*What to do\*\*: /,
    facts: /^Kind: (.+) · exit code: (\d+) · HTTP status: (\d+)$/,
    default: /[Tt]he default is (?:`[^`]*`|[^.;,`]|[.,](?=\d))+|By default [^.;]+/,
    key: /^The key /,
    errorMeaning: [
      (c) => `What does ${c} mean?`,
      (c) => `I got ${c}. What is wrong?`,
      (c) => `Why do I see ${c}?`,
    ],
    meaningAnswers: [(t) => t, (t) => `It means that ${afterThat(t)}`],
    errorRemedy: [
      (c) => `How do I get rid of ${c}?`,
      (c) => `What should I do about ${c}?`,
      (c) => `A command failed with ${c}. What now?`,
    ],
    errorFacts: [(c) => `With which exit code does ${c} end?`, (c) => `Which codes belong to ${c}?`],
    factsAnswer: (kind, exit, status) => `Kind ${kind}, exit code ${exit}, HTTP status ${status}.`,
    keyPurpose: [
      (k) => `What is the key ${k} for?`,
      (k) => `What do I set with ${k}?`,
      (k) => `Explain ${k} to me.`,
    ],
    keyByPurpose: [(t) => `Which key ${t}?`, (t) => `I look for the key that ${t}. What is its name?`],
    keyDefault: [
      (k) => `What is the default of ${k}?`,
      (k) => `Which value applies if I leave out ${k}?`,
      (k) => `I did not set ${k}. What does Towpath use?`,
    ],
    term: [
      (t) => `What is meant by “${t}”?`,
      (t) => `How does the handbook define “${t}”?`,
      (t) => `What does the word “${t}” stand for here?`,
    ],
    termByText: [(t) => `Which word does the handbook use for this: ${t}?`, (t) => `What do you call ${t}?`],
    termAnswer: (term, text) => `${term}: ${text}`,
    command: [
      (c) => `What does ${c} do?`,
      (c) => `When would I use ${c}?`,
      (c) => `What do I get from ${c}?`,
    ],
    exitActor: [(c) => `Who has to act after exit code ${c}?`],
    exitActorAnswer: (who, why) => `${who}: ${why}.`,
    endpoint: [(e) => `What is ${e} for?`, (e) => `What do I get at ${e}?`],
    pair: (name, text) => `${name}: ${text}.`,
    status: [
      (s) => `What does HTTP status ${s} mean?`,
      (s) => `My client receives status ${s}. What should it do?`,
    ],
    statusAnswer: (status, meaning, fix) => `Status ${status}: ${meaning}; ${fix}.`,
    folder: [(p) => `What is kept in ${p}?`],
    step: [(s) => `What does the step ${s} make?`],
    stepAnswer: (step, makes) => `${step} makes ${makes}.`,
    topKey: [(k) => `What does the top-level key ${k} describe?`],
    topKeyAnswer: (key, text) => `${key} describes ${text}.`,
    mask: [(k) => `What does the kind ${k} recognise, and what stands in its place?`],
    maskAnswer: (kind, text, mark) => `${kind}: ${text}, replaced by ${mark}.`,
    reading: [(want) => `Where do I read on if I want to ${want}?`],
    readingAnswer: (want, pages) => `To ${want}, read ${pages}.`,
    reason: [(r) => `A step ran again because of ${r}. What does that mean?`],
  },
  zh: {
    remedy: /^\*\*处理方法\*\*：/,
    facts: /^类别：(.+) · 退出码：(\d+) · HTTP 状态：(\d+)$/,
    default: /默认[^。；]+/,
    key: /^键 /,
    errorMeaning: [
      (c) => `${c} 是什么意思？`,
      (c) => `出现 ${c}，哪里出了问题？`,
      (c) => `为什么会报 ${c}？`,
    ],
    meaningAnswers: [(t) => t, (t) => `意思是：${t}`],
    errorRemedy: [
      (c) => `${c} 怎么解决？`,
      (c) => `碰到 ${c} 该怎么办？`,
      (c) => `命令报了 ${c}，接下来做什么？`,
    ],
    errorFacts: [(c) => `${c} 的退出码是多少？`, (c) => `${c} 对应哪些代码？`],
    factsAnswer: (kind, exit, status) => `类别是${kind}，退出码 ${exit}，HTTP 状态 ${status}。`,
    keyPurpose: [(k) => `${k} 这个键管什么？`, (k) => `${k} 是用来设什么的？`, (k) => `解释一下 ${k}。`],
    keyByPurpose: [(t) => `哪个键${t}？`, (t) => `我要找的键${t}，它叫什么？`],
    keyDefault: [
      (k) => `${k} 不写的话是什么值？`,
      (k) => `${k} 的默认值是什么？`,
      (k) => `我没有设 ${k}，Towpath 会用什么？`,
    ],
    term: [(t) => `手册里的“${t}”指什么？`, (t) => `“${t}”这个词怎么理解？`, (t) => `请说说“${t}”的定义。`],
    termByText: [(t) => `${t}，手册里叫什么？`, (t) => `哪个词表示“${t}”？`],
    termAnswer: (term, text) => `${term}：${text}`,
    command: [(c) => `${c} 是做什么的？`, (c) => `什么时候用 ${c}？`, (c) => `执行 ${c} 会怎样？`],
    exitActor: [(c) => `退出码 ${c} 该由谁来处理？`],
    exitActorAnswer: (who, why) => `${who}：${why}。`,
    endpoint: [(e) => `${e} 是干什么用的？`, (e) => `访问 ${e} 能得到什么？`],
    pair: (name, text) => `${name}：${text}。`,
    status: [(s) => `HTTP 状态码 ${s} 表示什么？`, (s) => `客户端收到状态码 ${s}，应该怎么做？`],
    statusAnswer: (status, meaning, fix) => `状态码 ${status}：${meaning}；${fix}。`,
    folder: [(p) => `${p} 里放的是什么？`],
    step: [(s) => `步骤 ${s} 生成什么？`],
    stepAnswer: (step, makes) => `${step} 生成${makes}。`,
    topKey: [(k) => `顶层的键 ${k} 描述什么？`],
    topKeyAnswer: (key, text) => `${key} 描述${text}。`,
    mask: [(k) => `${k} 这一种识别什么，替换成什么？`],
    maskAnswer: (kind, text, mark) => `${kind}：${text}，替换为 ${mark}。`,
    reading: [(want) => `我想${want}，接下来读哪一页？`],
    readingAnswer: (want, pages) => `要${want}，请读${pages}。`,
    reason: [(r) => `步骤因为 ${r} 又运行了，这是什么意思？`],
  },
};
