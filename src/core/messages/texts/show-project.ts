import { messages } from '../entry.ts';

/** What commands print of the project, the machine, releases and the records. */
export const showProjectMessages = messages({
  'show.wrote': { en: 'wrote {file}', zh: '已写入 {file}' },
  'show.no-documents': {
    en: 'no documents were found: no {formats} or {last} file',
    zh: '没有找到文档：没有 {formats} 或 {last} 文件',
  },
  'show.none-taken': {
    en: 'a run would take none of the files that were found, for the reasons below',
    zh: '找到的文件，运行一个也不会接受，原因如下',
  },
  'show.next': { en: 'Next:', zh: '接下来：' },
  'show.next-documents': {
    en: 'put documents into docs/, or change `sources` in the file',
    zh: '把文档放进 docs/，或修改文件中的 `sources`',
  },
  'show.next-checks': { en: 'checks it', zh: '检查它' },
  'show.next-checks-file': { en: 'checks the file', zh: '检查文件' },
  'show.next-up': {
    en: 'prepares, indexes and serves the documents',
    zh: '处理文档、建立索引并提供服务',
  },
  'show.next-ask': { en: 'asks, from another terminal', zh: '在另一个终端里提问' },
  'show.languages': { en: '{files}, languages {languages}', zh: '{files}，语言 {languages}' },
  'show.and': { en: '{one} and {other}', zh: '{one} 和 {other}' },
  'show.questions': { en: 'questions to evaluate with: {files}', zh: '用于评估的问题：{files}' },
  'show.short-texts': {
    en: '`data.min_characters` is set to {count}: {path} holds texts as short as that',
    zh: '`data.min_characters` 设为 {count}：{path} 中有这么短的文本',
  },
  'show.columns-unknown': {
    en: 'the columns of {files} are not known: check `text` of source {source}',
    zh: '不清楚 {files} 的各列：请检查来源 {source} 的 `text`',
  },
  'show.cut-short': {
    en: 'the folder holds more than was looked at: check `sources`',
    zh: '文件夹中还有未查看的内容：请检查 `sources`',
  },
  'show.not-read': { en: 'not read:', zh: '未读取：' },
  'show.not-read-more': {
    en: 'and {count} more; --json lists the first thousand',
    zh: '还有 {count} 项；加上 --json 可列出前一千项',
  },

  'show.nothing-lacks': { en: 'nothing lacks', zh: '什么都不缺' },
  'show.checks-failed': { en: '{count} failed', zh: '{count} 项未通过' },
  'show.checks-failed-warned': { en: '{count} failed, {warnings}', zh: '{count} 项未通过，{warnings}' },

  'show.whole': { en: 'everything is whole: {read}', zh: '一切完好：{read}' },
  'show.problems-in': { en: '{problems} in {read}', zh: '{read} 中有 {problems}' },
  'show.amount-of': { en: '{count}, {size}', zh: '{count}，{size}' },
  'show.backed-up': { en: 'backed up to {folder}: {what}', zh: '已备份到 {folder}：{what}' },
  'show.backed-up-more': {
    en: 'backed up to {folder}: {what}; {unchanged} were there already',
    zh: '已备份到 {folder}：{what}；其中 {unchanged} 个先前已有',
  },

  'show.backup-doubted': {
    en: 'the records were copied as they are, and cannot all be relied on:',
    zh: '记录已按原样复制，但并非全部可信：',
  },

  'show.given-up': {
    en: '{release} is given up: it will not go live again',
    zh: '{release} 已放弃：不会再上线',
  },
  'show.nothing-to-repair': { en: 'nothing to repair', zh: '无需修复' },
  'show.afresh': {
    en: 'the records begin afresh: the next release is r1',
    zh: '记录重新开始：下一个发布是 r1',
  },
  'show.releases-restored': { en: 'releases restored: {releases}', zh: '已恢复的发布：{releases}' },
  'show.manifests-restored': { en: 'manifests put back: {releases}', zh: '已放回的清单：{releases}' },
  'show.results-restored': { en: '{results} of steps restored', zh: '已恢复步骤的 {results}' },
  'show.history-lost': {
    en: 'the history of runs is not kept beside the artifacts, and is lost',
    zh: '运行的历史不保存在产物旁边，已经丢失',
  },
  'show.ledger-whole': { en: 'the ledger of {promotions} is whole', zh: '{promotions}的记录完好' },
  'show.ledger-restored': {
    en: 'the ledger of {promotions} was restored from the copy beside the artifacts',
    zh: '{promotions}的记录已由产物旁边的副本恢复',
  },
  'show.ledger-cut': {
    en: 'the ledger of {promotions} keeps what follows one another; the rest was set aside, and the ledger says so',
    zh: '{promotions}的记录保留前后相接的部分；其余已移开，并在记录中注明',
  },
  'show.ledger-rebuilt': {
    en: 'the ledger of {promotions} was begun anew with each release in the order they were made; rollbacks of the time are not known',
    zh: '{promotions}的记录已按发布生成的先后重新建立；当时的回滚已无从得知',
  },
  'show.repaired-live': { en: 'live: {release}', zh: '上线：{release}' },
  'show.kept': { en: 'kept: {path}', zh: '保留在：{path}' },

  'show.model': { en: 'model', zh: '模型' },
  'show.adapter': { en: 'adapter', zh: '适配器' },
  'show.digest': { en: 'digest', zh: '摘要' },
  'show.made': { en: 'made', zh: '生成' },
  'show.code': { en: 'code', zh: '代码' },
  'show.serving': { en: 'serving', zh: '服务设置' },
  'show.is-live': { en: 'live', zh: '已上线' },
  'show.made-by': { en: '{time} by {who}, {run}', zh: '{time}，生成者 {who}，{run}' },
  'show.over-model': { en: 'over the model above', zh: '加载在上面的模型之上' },
  'show.no-model': {
    en: 'none: answers are quoted from the passages',
    zh: '无：回答摘引自段落',
  },
  'show.gone': { en: 'no longer in the store', zh: '已不在存储中' },
  'show.characters': { en: '({count} characters)', zh: '（{count} 个字符）' },
  'show.made-live': { en: '{time} made live by {who}: {why}', zh: '{time} 由 {who} 上线：{why}' },
  'show.all-languages': { en: 'all', zh: '全部' },
  'show.passed': { en: 'passed', zh: '通过' },
  'show.failed': { en: 'failed', zh: '未通过' },
  'show.better': { en: 'better', zh: '变好' },
  'show.worse': { en: 'worse', zh: '变差' },
  'show.unchanged-since': { en: 'nothing has changed since {release}', zh: '自 {release} 以来没有变化' },
  'part.dataset': { en: 'dataset', zh: '数据集' },
  'part.index': { en: 'index', zh: '索引' },
  'part.generator': { en: 'generator', zh: '生成模型' },
  'part.adapter': { en: 'adapter', zh: '适配器' },
  'part.embedder': { en: 'embedder', zh: '嵌入模型' },
  'part.report': { en: 'report', zh: '报告' },
  'part.answers': { en: 'answers', zh: '回答' },

  'gate-rule.not-worse': { en: 'not worse than live by {bound}', zh: '比上线发布差不超过 {bound}' },
  'gate-rule.least': { en: 'min {bound}', zh: '不低于 {bound}' },
  'gate-rule.most': { en: 'max {bound}', zh: '不高于 {bound}' },
  'show.rollback-why': { en: 'rollback: {why}', zh: '回滚：{why}' },
  // As the ledger says why a release was made live.
  'promotion.passed': { en: '{run} passed its gates', zh: '{run} 通过了门槛' },
  'promotion.asked-before': { en: 'asked for the release before', zh: '要求回到上一个发布' },
  'promotion.asked': { en: 'asked for {release}', zh: '要求 {release}' },
  'promotion.set-aside': {
    en: 'repair: {count} promotions that did not follow one another were set aside',
    zh: '修复：{count} 次前后不相接的上线已移开',
  },
  'promotion.lost': {
    en: 'repair: made live when it was made; the ledger of that time is lost',
    zh: '修复：按其生成时即上线处理；当时的上线记录已丢失',
  },

  'page.report': { en: 'report', zh: '评估报告' },
  'page.curves': { en: 'curves', zh: '训练曲线' },
  'page.none-in-run': { en: 'run {run} has no {page}', zh: '运行 {run} 没有{page}' },
  'page.none-report': { en: 'no run has a report yet', zh: '还没有哪次运行有评估报告' },
  'page.none-curves': { en: 'no run has curves yet', zh: '还没有哪次运行有训练曲线' },
  'page.evaluated': {
    en: 'a run with `evaluate.suites` makes one: `towpath run`',
    zh: '设置了 `evaluate.suites` 的运行会生成它：`towpath run`',
  },
  'page.trained': {
    en: 'a run with `train.jobs` makes them: `towpath run`',
    zh: '设置了 `train.jobs` 的运行会生成它：`towpath run`',
  },
  'page.how-far': {
    en: '`towpath run show {run}` shows how far it came',
    zh: '`towpath run show {run}` 显示它进行到了哪里',
  },
});
