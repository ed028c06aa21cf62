import { messages } from '../entry.ts';

/** What the whole of Towpath says: the service of a project, its records verified and repaired. */
export const appMessages = messages({
  'app.already-served': {
    en: 'this project is already being served by {who}',
    zh: '此项目已由{who}提供服务',
  },
  'app.being-served': { en: 'this project is being served by {who}', zh: '此项目正由{who}提供服务' },
  'app.process-at': { en: 'process {pid} at {url}', zh: '进程 {pid}（{url}）' },
  'app.another-process': { en: 'another process', zh: '另一个进程' },
  'app.several-in-use': {
    en: 'there is no towpath.yaml in {dir} or above, and below it {count} projects are in use',
    zh: '{dir} 及其上级文件夹中没有 towpath.yaml，其下有 {count} 个项目在使用',
  },
  'app.several-served': {
    en: 'there is no towpath.yaml in {dir} or above, and below it {count} projects are being served',
    zh: '{dir} 及其上级文件夹中没有 towpath.yaml，其下有 {count} 个项目正在提供服务',
  },
  'app.name-one': { en: 'name one: {commands}', zh: '请指定一个：{commands}' },
  'app.command': { en: '`{command}`', zh: '`{command}`' },
  'app.not-trusted': { en: 'the project is not trusted with {what}', zh: '项目没有被信任使用 {what}' },
  'app.see-trust': {
    en: 'see what it is trusted with: `towpath trust`',
    zh: '用 `towpath trust` 查看信任范围',
  },

  'verify.artifact': { en: 'artifact {number}', zh: '第 {number} 个产物' },
  'verify.copy-damaged': {
    en: 'a record kept beside the artifacts is damaged',
    zh: '产物旁边保存的一条记录已损坏',
  },
  'verify.copy-differs': {
    en: 'a record kept beside the artifacts does not agree with the database: {what}',
    zh: '产物旁边保存的一条记录与数据库不一致：{what}',
  },
  'verify.row-damaged': {
    en: 'a record of the database is damaged: {what}',
    zh: '数据库中的一条记录已损坏：{what}',
  },
  'verify.result': { en: 'the result of step {step}', zh: '步骤 {step} 的结果' },
  'verify.release': { en: 'release {release}', zh: '发布 {release}' },
  'verify.promotion': { en: 'promotion {seq}', zh: '第 {seq} 条上线记录' },

  'repair.numbered-anew': {
    en: 'the numbers of releases that no record names follow the order in which they were made',
    zh: '没有记录写明名称的发布，按生成的先后编号',
  },
  'repair.other-name': {
    en: '{release} is in the database as {other}',
    zh: '{release} 在数据库中名为 {other}',
  },

  'agreement.disagrees': {
    en: 'the export of job {job} at {quantisation} parts from the trained model: {faults}',
    zh: '作业 {job} 以 {quantisation} 导出的结果偏离训练所得的模型：{faults}',
  },
  'agreement.and': { en: '{first}; {rest}', zh: '{first}；{rest}' },
  'agreement.continued': {
    en: '{count} of {all} prompts are continued otherwise: {worst}',
    zh: '{all} 个提示词中有 {count} 个的续写不同：{worst}',
  },
  'agreement.prompt': { en: '{number} (by {gap} logits)', zh: '第 {number} 个（相差 {gap} logit）' },
  'agreement.perplexity': {
    en: 'perplexity is {llama} instead of {pytorch}, {excess}: {bound} is allowed',
    zh: '困惑度为 {llama}，而不是 {pytorch}，相差 {excess}：允许 {bound}',
  },
  'agreement.llama': { en: 'the same with llama.cpp', zh: '用 llama.cpp 重复一遍' },
});
