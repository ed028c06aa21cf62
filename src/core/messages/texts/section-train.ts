import { messages } from '../entry.ts';

/** What the sections `models` and `train` find wrong themselves. */
export const sectionTrainMessages = messages({
  'section.pinned': {
    en: 'a package must be pinned to one version: name==1.2.3',
    zh: '软件包必须固定到一个版本：name==1.2.3',
  },
  'section.package-path': {
    en: 'must be a path inside the package, without ..',
    zh: '必须是包内的路径，不含 ..',
  },
  'section.project-path': {
    en: 'must be a path inside the project, without ..',
    zh: '必须是项目内的路径，不含 ..',
  },
  'section.equal-parts': {
    en: 'pip and files must be equally long: one part from each package',
    zh: 'pip 与 files 必须一样长：每个包取一部分',
  },
  'section.repository': { en: 'a repository is named owner/name', zh: '仓库名称的形式是 owner/name' },
  'section.revision': {
    en: 'a revision is a whole commit, 40 hexadecimal characters: branches move',
    zh: '修订必须是完整的提交号，40 个十六进制字符：分支会移动',
  },
  'section.model-name': {
    en: 'letters, digits and . _ - : only, 80 at most',
    zh: '只能用字母、数字和 . _ - :，最多 80 个',
  },
  'section.sha256': {
    en: 'a SHA-256 is 64 lower-case hexadecimal characters',
    zh: 'SHA-256 是 64 个小写十六进制字符',
  },
  'section.language-twice': { en: 'names a language twice', zh: '同一种语言列出了两次' },
  'section.form-twice': { en: 'names a form twice', zh: '同一种形式列出了两次' },

  'section.job-name': {
    en: 'lower-case letters, digits and -, 40 at most',
    zh: '只能用小写字母、数字和 -，最多 40 个',
  },
  'section.same-job': { en: 'a second job called {job}', zh: '第二个名为 {job} 的作业' },
  'section.no-job': { en: 'no job is called {job}', zh: '没有名为 {job} 的作业' },
  'section.no-job-near': {
    en: 'no job is called {job}; did you mean {near}?',
    zh: '没有名为 {job} 的作业；是否指 {near}？',
  },
  'section.a-job': { en: 'a job under train.jobs', zh: 'train.jobs 下的作业' },
  'section.nothing-to-learn': {
    en: 'job {job} has nothing to learn from',
    zh: '作业 {job} 没有可学习的内容',
  },
  'section.documents-or-examples': {
    en: 'documents: true, or examples',
    zh: 'documents: true，或 examples',
  },
  'section.not-both': {
    en: 'learn from documents or from examples, not from both in one job',
    zh: '一个作业只能从文档或从样例学习，不能兼用',
  },
  'section.two-jobs': { en: 'two jobs', zh: '两个作业' },
  'section.sequences': {
    en: '{sequences} sequences are no multiple of micro × processes = {each}',
    zh: '{sequences} 条序列不是 micro × processes = {each} 的倍数',
  },
  'section.multiple': { en: 'a multiple of {each}', zh: '{each} 的倍数' },
  'section.no-generator': {
    en: 'there is no models.generator to start from',
    zh: '没有可作为起点的 models.generator',
  },
  'section.scratch-or-generator': {
    en: 'source: scratch, or a models.generator',
    zh: 'source: scratch，或加上 models.generator',
  },
  'section.no-form-score': {
    en: 'llama.cpp has no form for a model that scores',
    zh: 'llama.cpp 没有打分模型的形式',
  },
  'section.no-export-score': { en: 'no export for head: score', zh: 'head: score 时不写 export' },
  'section.no-form': {
    en: 'llama.cpp has no form for {architecture}',
    zh: 'llama.cpp 没有 {architecture} 的形式',
  },
  'section.no-export': { en: 'no export for recurrent models', zh: '循环模型不写 export' },
  'section.uneven-width': {
    en: 'width {width} does not split into {heads} even heads',
    zh: '宽度 {width} 不能分成 {heads} 个偶数大小的头',
  },
  'section.uneven-heads': {
    en: '{heads} heads do not share {shared} evenly',
    zh: '{heads} 个头不能均分 {shared} 个键值头',
  },
  'section.scores': {
    en: 'mean_squared_error and model.head: score go together, from scratch only',
    zh: 'mean_squared_error 与 model.head: score 必须同时使用，且只能从零训练',
  },
  'section.warmup': { en: 'warm-up takes all {steps} steps', zh: '预热占用了全部 {steps} 步' },
  'section.less-than': { en: 'less than {most}', zh: '小于 {most}' },

  'section.from-to': { en: 'from must be below to', zh: 'from 必须小于 to' },
  'section.log-scale': { en: 'a log scale starts above 0', zh: 'log 刻度的起点必须大于 0' },
  'section.no-setting': { en: 'names no setting', zh: '没有写明任何设置' },
  'section.unsearched': { en: '{setting} cannot be searched', zh: '{setting} 不能搜索' },
  'section.unsearched-near': {
    en: '{setting} cannot be searched; did you mean {near}?',
    zh: '{setting} 不能搜索；是否指 {near}？',
  },
  'section.search-value': { en: '{setting}: {value}: {why}', zh: '{setting}：{value}：{why}' },

  'section.not-exported': {
    en: 'job {job} does not export {form}',
    zh: '作业 {job} 没有导出 {form}',
  },
  'section.export': { en: 'export: [{form}] in the job', zh: '作业中的 export: [{form}]' },
  'section.nothing-to-beat': {
    en: 'there is no models.generator to be better than',
    zh: '没有可供比较优劣的 models.generator',
  },
  'section.no-suite-to-tell': {
    en: 'better cannot be told without a suite',
    zh: '没有评测集就无法判断是否更优',
  },
  'section.suites-or-always': {
    en: 'evaluate.suites, or when: always',
    zh: 'evaluate.suites，或 when: always',
  },
});
