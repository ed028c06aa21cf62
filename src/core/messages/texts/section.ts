import { messages } from '../entry.ts';

/** What the sections of the project file find wrong themselves: forms of texts, and what rules each other out. */
export const sectionMessages = messages({
  'section.project-name': {
    en: 'a project name is 1 to 40 lower-case letters, digits and hyphens',
    zh: '项目名称由 1 至 40 个小写字母、数字和连字符组成',
  },
  'section.twice': { en: '{name} is listed twice', zh: '{name} 列出了两次' },

  'section.source-name': {
    en: 'lower-case letters, digits, - and _, at most 40',
    zh: '只能用小写字母、数字、- 和 _，最多 40 个',
  },
  'section.same-source': {
    en: 'sources {first} and {second} are both called {name}',
    zh: '第 {first} 个和第 {second} 个来源都叫 {name}',
  },
  'section.own-source-name': { en: 'a name of its own for each source', zh: '每个来源各有自己的名称' },
  'section.pattern-leaves': {
    en: 'the pattern {pattern} leads out of the project folder',
    zh: '通配模式 {pattern} 通向项目文件夹之外',
  },
  'section.pattern-inside': {
    en: 'a pattern relative to the project folder, without ..',
    zh: '相对于项目文件夹的通配模式，不含 ..',
  },
  'section.pattern-long': {
    en: 'the pattern is longer than {most} characters',
    zh: '通配模式超过 {most} 个字符',
  },
  'section.pattern-braces': {
    en: 'the braces of the pattern stand for more than {most} patterns',
    zh: '通配模式中的花括号展开后超过 {most} 个模式',
  },
  'section.pattern-wild': {
    en: 'the pattern has more than {most} wildcards in one part of the path, or more than {most} `**`',
    zh: '通配模式在路径的某一段里有超过 {most} 个通配符，或有超过 {most} 个 `**`',
  },
  'section.pattern-empty': {
    en: 'the pattern {pattern} matches no file',
    zh: '通配模式 {pattern} 没有匹配到文件',
  },
  'section.no-such-files': {
    en: 'a pattern that matches files; the project folder holds none that end in {endings}',
    zh: '能匹配到文件的通配模式；项目文件夹中没有以 {endings} 结尾的文件',
  },
  'section.such-files': {
    en: 'a pattern that matches files; there are {patterns}',
    zh: '能匹配到文件的通配模式；现有 {patterns}',
  },
  'section.files-of': { en: '{pattern} ({count})', zh: '{pattern}（{count} 个）' },
  'section.no-table': {
    en: '{column} names a column, and the source holds no table',
    zh: '{column} 指定了列，而此来源中没有表格',
  },
  'section.add-table': {
    en: 'leave it out, or add {endings} or {last} files',
    zh: '不写它，或加入 {endings} 或 {last} 文件',
  },
  'section.no-column': { en: '{file} has no column {column}', zh: '{file} 中没有 {column} 列' },
  'section.columns': { en: 'a column of the table: {columns}', zh: '表格中的一列：{columns}' },

  'section.size': { en: 'a size such as "64 MiB"', zh: '应为大小，例如 "64 MiB"' },
  'section.split-sum': {
    en: 'the shares of train, validation and test sum to {sum}',
    zh: 'train、validation 与 test 的比例之和为 {sum}',
  },
  'section.split-one': { en: 'shares that sum to 1', zh: '比例之和为 1' },
  'section.any-beside': { en: 'any stands beside other languages', zh: 'any 与其他语言同时列出' },
  'section.any-alone': { en: 'any alone, or a list of languages', zh: '单独一个 any，或若干语言的列表' },
  'section.keep-unmasked': {
    en: 'keep names values while nothing is masked',
    zh: 'keep 列出了值，但没有任何内容要脱敏',
  },
  'section.keep-or-mask': {
    en: 'leave keep out, or list kinds in mask',
    zh: '不写 keep，或在 mask 中列出种类',
  },

  'section.half': {
    en: '{setting} {value} is more than half of {whole} {most}',
    zh: '{setting} 为 {value}，超过 {whole}（{most}）的一半',
  },
  'section.between': { en: '{low} to {high}', zh: '{low} 至 {high}' },
  'section.no-embedder': {
    en: 'dense is on, but there is no models.embedder to make vectors with',
    zh: 'dense 已打开，但没有用来生成向量的 models.embedder',
  },
  'section.off-or-embedder': { en: 'off, or a models.embedder', zh: 'off，或加上 models.embedder' },

  'section.glossary-line': { en: 'English, a tab, Chinese', zh: '英文、制表符、中文' },
  'section.duration': {
    en: 'takes a length of time above 0 and up to {most}, such as {example}',
    zh: '应为大于 0、不超过 {most} 的时长，例如 {example}',
  },
  'section.host-open': {
    en: '{host} can be reached by other machines; this version serves the local one only',
    zh: '其他机器可以访问到 {host}；此版本只为本机提供服务',
  },
  'section.loopback': { en: '127.0.0.1, ::1 or localhost', zh: '127.0.0.1、::1 或 localhost' },
  'section.threads': {
    en: '{threads} threads on {cores} cores make the model many times slower',
    zh: '在 {cores} 个核心上用 {threads} 个线程会使模型慢许多倍',
  },
  'section.auto-or': { en: 'auto, or a number up to {most}', zh: 'auto，或不超过 {most} 的数' },

  'section.gates-no-suite': {
    en: 'there are gates but no suite to measure them on',
    zh: '写了门槛，但没有可供测量的评测集',
  },
  'section.one-suite': {
    en: 'at least one file under evaluate.suites',
    zh: 'evaluate.suites 下至少一个文件',
  },
  'section.metric-depth': { en: '{metric} is not computed', zh: '不计算 {metric}' },
  'section.add-depth': {
    en: 'a depth listed in evaluate.k: add {depth} there',
    zh: 'evaluate.k 中列出的深度：请在那里加上 {depth}',
  },
  'section.metric': { en: 'unknown metric "{metric}"', zh: '未知的指标 “{metric}”' },
  'section.metric-near': {
    en: 'unknown metric "{metric}"; did you mean {near}?',
    zh: '未知的指标 “{metric}”；是否指 {near}？',
  },
  'section.no-rule': { en: 'the gate has no rule', zh: '此门槛没有规则' },
  'section.several-rules': {
    en: 'the gate has several rules ({rules})',
    zh: '此门槛有多条规则（{rules}）',
  },
  'section.one-rule': {
    en: 'exactly one of min, max, not_worse_than',
    zh: 'min、max、not_worse_than 三者恰好其一',
  },
  'section.margin': { en: 'margin belongs to not_worse_than', zh: 'margin 只与 not_worse_than 一起使用' },
  'section.never-bound': {
    en: '{bound} can never be a bound of {metric}',
    zh: '{bound} 不可能是 {metric} 的界限',
  },
  'section.share': { en: 'a share from 0 to 1', zh: '0 至 1 的比例' },
  'section.share-perhaps': {
    en: 'a share from 0 to 1, here perhaps {share}',
    zh: '0 至 1 的比例，这里可能是 {share}',
  },
  'section.no-latency': {
    en: '{bound} ms is no bound of {metric}',
    zh: '{bound} 毫秒不能作为 {metric} 的界限',
  },
  'section.above-nought': { en: 'milliseconds above 0', zh: '大于 0 的毫秒数' },
  'section.better-higher': {
    en: '{metric} is better when higher, so {rule} would refuse the better candidate',
    zh: '{metric} 越高越好，所以 {rule} 会拒绝更好的候选发布',
  },
  'section.better-lower': {
    en: '{metric} is better when lower, so {rule} would refuse the better candidate',
    zh: '{metric} 越低越好，所以 {rule} 会拒绝更好的候选发布',
  },
  'section.no-question-in': {
    en: 'no suite has a question in {language}',
    zh: '没有评测集含有 {language} 问题',
  },
  'section.more-problems': { en: '{suite}: {count} more problems', zh: '{suite}：另有 {count} 处问题' },
});
