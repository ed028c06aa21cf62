import { messages } from '../entry.ts';

/** What the settings of the project file are, but for training: as its schema describes them. */
export const settingsMessages = messages({
  'setting.file': { en: 'Towpath project file', zh: 'Towpath 项目文件' },
  'setting.file-holds': {
    en: 'towpath.yaml: the sources, models, gates and service of one project',
    zh: 'towpath.yaml：一个项目的来源、模型、门槛与服务',
  },
  'setting.secret': {
    en: 'Where the secret is kept: env:NAME or file:PATH',
    zh: '机密存放的位置：env:NAME 或 file:PATH',
  },
  'setting.secret-token': {
    en: 'Where the access token is kept: env:NAME or file:PATH',
    zh: '访问令牌存放的位置：env:NAME 或 file:PATH',
  },
  'setting.project': {
    en: 'Name of the project: lower-case letters, digits and hyphens, 40 at most',
    zh: '项目的名称：小写字母、数字和连字符，最多 40 个',
  },
  'setting.sources': {
    en: 'Where the documents come from: a list of named sets of files',
    zh: '文档的来源：若干组有名称的文件',
  },
  'setting.sources.name': {
    en: 'Name of the source: part of the identity of its documents, so renaming it makes new documents',
    zh: '来源的名称：它是文档标识的一部分，改名会产生新的文档',
  },
  'setting.sources.files': {
    en: 'Glob patterns relative to the project folder, for files that end in {endings}',
    zh: '相对于项目文件夹的通配模式，用于以 {endings} 结尾的文件',
  },
  'setting.sources.exclude': { en: 'Glob patterns of files to leave out', zh: '要排除的文件的通配模式' },
  'setting.sources.encoding': {
    en: 'Encoding of the files. auto tells UTF-8, UTF-16 and GB18030 apart and refuses what is ambiguous',
    zh: '文件的字符编码。auto 区分 UTF-8、UTF-16 与 GB18030，有歧义时拒收',
  },
  'setting.sources.text': { en: 'Tables: the column that holds a document’s text', zh: '表格：存放正文的列' },
  'setting.sources.title': { en: 'Tables: a column with a title', zh: '表格：存放标题的列' },
  'setting.sources.id': {
    en: 'Tables: a column that gives a row its identity. Without it the row’s number does',
    zh: '表格：标识一行的列。不写时用行号',
  },
  'setting.data': {
    en: 'How documents are cleaned, filtered, masked and split',
    zh: '文档如何清理、过滤、脱敏和划分',
  },
  'setting.data.max_file_size': {
    en: 'Largest document: a file of Markdown, HTML or plain text, or one row of a table; such as 64 MiB',
    zh: '文档的大小上限：一个 Markdown、HTML 或纯文本文件，或表格中的一行；例如 64 MiB',
  },
  'setting.data.min_characters': {
    en: 'Documents with fewer characters, white space not counted, are rejected',
    zh: '字符数（不计空白）少于它的文档拒收',
  },
  'setting.data.languages': {
    en: 'Languages taken; documents in others are rejected with the reason. any takes all',
    zh: '要保留的语言；其他语言的文档拒收并注明原因。any 保留全部',
  },
  'setting.data.mask': {
    en: 'Kinds of personal data replaced by [EMAIL], [PHONE], [ID], [CARD] and [IP]. An empty list turns it off',
    zh: '替换为 [EMAIL]、[PHONE]、[ID]、[CARD]、[IP] 的个人信息种类。空列表表示关闭',
  },
  'setting.data.keep': { en: 'Literal values that are never masked', zh: '永不遮住的字面值' },
  'setting.data.deduplicate': {
    en: 'exact keeps one of the documents whose normalised text is the same: that with the smallest id',
    zh: 'exact 在规范化文本相同的文档中只保留标识最小的一篇',
  },
  'setting.data.split': {
    en: 'Shares of the splits; they sum to 1. A document’s split follows from its identity alone',
    zh: '各划分的比例，总和为 1。文档属于哪个划分只取决于它的标识',
  },
  'setting.data.split.train': {
    en: 'Share of the documents that models are trained on',
    zh: '用于训练模型的文档比例',
  },
  'setting.data.split.validation': { en: 'Share that training is watched with', zh: '用于观察训练的比例' },
  'setting.data.split.test': { en: 'Share that is never trained on', zh: '从不用于训练的比例' },
  'setting.index': { en: 'Passages and the search over them', zh: '段落及其检索' },
  'setting.index.passage': { en: 'How documents are cut into passages', zh: '文档如何切成段落' },
  'setting.index.passage.max_characters': {
    en: 'Longest passage, heading left out; a Chinese character counts as two',
    zh: '段落的最大长度，不含标题；一个汉字按两个字符计',
  },
  'setting.index.passage.min_characters': {
    en: 'A shorter last passage under a heading takes over text from the one before it',
    zh: '某个标题下最后的段落短于它时，从前一段借一些文字',
  },
  'setting.index.passage.overlap': {
    en: 'How much of the end of a passage, in whole sentences, the next one under the same heading repeats',
    zh: '同一标题下的后一段重复前一段结尾的多少，以整句计',
  },
  'setting.index.dense': {
    en: 'Whether passages also get vectors from models.embedder, fused with the word search by rank',
    zh: '段落是否也由 models.embedder 生成向量，与按词检索的结果按名次合并',
  },
  'setting.models': { en: 'Models and where to fetch them', zh: '模型，以及从哪里取得' },
  'setting.models.generator': {
    en: 'Writes answers; without one answers are quoted from the passages only',
    zh: '撰写回答；没有它时，回答只引用段落原文',
  },
  'setting.models.name': {
    en: 'Name of the model: what /v1/models lists',
    zh: '模型的名称：/v1/models 会列出它',
  },
  'setting.models.sha256': {
    en: 'SHA-256 of the file, after its parts are joined; checked wherever it comes from',
    zh: '文件的 SHA-256，各部分拼接之后计算；无论从哪里取得都会核对',
  },
  'setting.models.licence': {
    en: 'Licence of the weights, as SPDX names it where it does',
    zh: '权重的许可证，尽量用 SPDX 标识',
  },
  'setting.models.from': { en: 'Places, tried in order', zh: '位置，按顺序尝试' },
  'setting.models.from.pip': {
    en: 'Package and its exact version: name==1.2.3',
    zh: '软件包及其确切版本：name==1.2.3',
  },
  'setting.models.from.package-file': { en: 'Path of the file inside the package', zh: '包内的文件路径' },
  'setting.models.from.packages': {
    en: 'Packages that hold the parts, in order',
    zh: '存放各部分的软件包，按顺序排列',
  },
  'setting.models.from.files': {
    en: 'The part inside each package, in the same order',
    zh: '每个包中的部分，顺序相同',
  },
  'setting.models.from.hf': { en: 'Repository on the hub: owner/name', zh: '模型中心上的仓库：owner/name' },
  'setting.models.from.revision': {
    en: 'Commit, 40 hexadecimal characters',
    zh: '提交号，40 个十六进制字符',
  },
  'setting.models.from.hub-file': { en: 'Path of the file inside the repository', zh: '仓库内的文件路径' },
  'setting.models.from.endpoint': {
    en: 'Address of the hub or of a mirror of it',
    zh: '模型中心或其镜像的地址',
  },
  'setting.models.from.file': {
    en: 'Path of the file, relative to the project',
    zh: '文件的路径，相对于项目文件夹',
  },
  'setting.models.embedder': { en: 'Makes vectors for index.dense', zh: '为 index.dense 生成向量' },
  'setting.models.embedder.languages': {
    en: 'Languages that the model knows: others are searched by words alone. Default: all',
    zh: '模型认识的语言：其他语言只按词检索。默认为全部',
  },
  'setting.qa': {
    en: 'How questions are answered; part of the release',
    zh: '如何回答问题；它是发布的一部分',
  },
  'setting.qa.passages': { en: 'Passages retrieved for a question', zh: '一个问题检索的段落数' },
  'setting.qa.decline_below': {
    en: 'Support below which the service says that the documents do not say: 0 answers everything, 1 nothing',
    zh: '支持度低于它时，服务回答文档中没有说明：0 什么都回答，1 什么都不回答',
  },
  'setting.qa.max_tokens': {
    en: 'Tokens that the model may write for one answer',
    zh: '模型为一个回答最多可写的词元数',
  },
  'setting.qa.temperature': {
    en: '0 always takes the likeliest token, so that the same question gets the same answer',
    zh: '0 总是取最可能的词元，同样的问题得到同样的回答',
  },
  'setting.qa.context': {
    en: 'Tokens that the model may see at once: instruction, sentences, question and answer',
    zh: '模型一次能看到的词元数：指令、句子、问题和回答',
  },
  'setting.qa.prompts': {
    en: 'Instructions to the model by language of the question',
    zh: '按问题的语言给模型的指令',
  },
  'setting.qa.prompts.language': {
    en: 'Instruction to the model in this language, in place of the built-in one',
    zh: '用这种语言给模型的指令，替换内置的指令',
  },
  'setting.qa.glossary': {
    en: 'File of term pairs, English, a tab and Chinese on each line: finds documents in the other language',
    zh: '术语对照文件，每行为英文、制表符和中文：用来找到另一种语言的文档',
  },
  'setting.evaluate': {
    en: 'How a candidate is evaluated, and which gates it must pass',
    zh: '如何评测候选发布，以及它必须通过哪些门槛',
  },
  'setting.evaluate.suites': {
    en: 'Files of questions with accepted answers, JSON Lines, relative to the project',
    zh: '含有问题和可接受答案的文件，JSON Lines 格式，相对于项目文件夹',
  },
  'setting.evaluate.gates': {
    en: 'Rules that a release must meet before it may take traffic',
    zh: '发布上线之前必须满足的规则',
  },
  'setting.evaluate.gate': {
    en: 'A rule that a candidate must meet: exactly one of min, max and not_worse_than',
    zh: '候选发布必须满足的规则：min、max、not_worse_than 三者恰好其一',
  },
  'setting.evaluate.gates.metric': {
    en: 'Name of the metric, such as retrieval.recall@5, answer.f1 or refusal.accuracy',
    zh: '指标的名称，例如 retrieval.recall@5、answer.f1 或 refusal.accuracy',
  },
  'setting.evaluate.gates.language': {
    en: 'Looks only at the questions in this language; without it at all of them',
    zh: '只看这种语言的问题；不写则看全部',
  },
  'setting.evaluate.gates.min': { en: 'The figure must be at least this', zh: '数值不得低于它' },
  'setting.evaluate.gates.max': { en: 'The figure must be at most this', zh: '数值不得高于它' },
  'setting.evaluate.gates.not_worse_than': {
    en: 'Compares with the live release question by question; passes when there is none yet, or when it has no figure to compare with',
    zh: '逐个问题与上线的发布比较；还没有上线的发布，或它没有可比较的数值时通过',
  },
  'setting.evaluate.gates.margin': {
    en: 'With not_worse_than: how much worse is still accepted; points of a share (default 0.02), or for latency the share of the live figure (default 0.1)',
    zh: '与 not_worse_than 一起使用：可容许的变差幅度；比例类指标以点数计（默认 0.02），延迟以上线数值的比例计（默认 0.1）',
  },
  'setting.evaluate.bootstrap': { en: 'How confidence intervals are computed', zh: '如何计算置信区间' },
  'setting.evaluate.bootstrap.resamples': {
    en: 'Resamples for confidence intervals and comparisons',
    zh: '计算置信区间和比较时的重采样次数',
  },
  'setting.evaluate.bootstrap.seed': {
    en: 'Seed of the resampling: the same seed gives the same figures',
    zh: '重采样的随机种子：种子相同，数值就相同',
  },
  'setting.evaluate.k': { en: 'Depths of retrieval.recall@k', zh: 'retrieval.recall@k 的深度' },
  'setting.serve.host': {
    en: 'Address to listen on. This version serves the local machine only: 127.0.0.1, ::1 or localhost',
    zh: '监听的地址。此版本只为本机提供服务：127.0.0.1、::1 或 localhost',
  },
  'setting.serve.port': { en: 'Port to listen on; 0 lets the system choose', zh: '监听的端口；0 由系统选择' },
  'setting.serve.replicas': { en: 'Processes that run the model', zh: '运行模型的进程数' },
  'setting.serve.threads': {
    en: 'Threads of each replica; auto divides the cores among the replicas',
    zh: '每个副本的线程数；auto 把核心平分给各副本',
  },
  'setting.serve.slots': {
    en: 'Requests that one replica decodes side by side',
    zh: '一个副本同时解码的请求数',
  },
  'setting.serve.queue': {
    en: 'Requests that may wait; more get 429 with Retry-After',
    zh: '可以等待的请求数；更多的请求得到 429 和 Retry-After',
  },
  'setting.serve.deadline': {
    en: 'Time for one request, waiting included; then it ends with 504; such as 30s',
    zh: '一个请求的时限，含等待；超过即以 504 结束；例如 30s',
  },
  'setting.serve.drain': {
    en: 'Time for requests under way to end before a release is replaced or stopped; such as 20s',
    zh: '替换或停止发布之前，留给进行中的请求结束的时间；例如 20s',
  },
});
