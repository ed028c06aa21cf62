import { messages } from '../entry.ts';

/** What a training job learns from, and what its programs say. */
export const trainingMessages = messages({
  'training.job': { en: 'job {job}', zh: '作业 {job}' },
  'training.result': { en: 'the result of job {job}', zh: '作业 {job} 的结果' },
  'training.tokenizer': { en: 'the tokenizer', zh: '分词器' },
  'training.base': { en: 'the base model', zh: '基础模型' },
  'training.data': { en: 'the training data', zh: '训练数据' },
  'training.unconvertible': { en: '{subject} cannot be converted: {why}', zh: '{subject}：无法转换：{why}' },
  'training.silent': {
    en: '{subject}: {program} said nothing for 15 minutes',
    zh: '{subject}：{program} 已有 15 分钟没有输出',
  },
  'training.no-torch': {
    en: '{subject}: the Python environment has no PyTorch',
    zh: '{subject}：Python 环境中没有 PyTorch',
  },
  'training.disk-full': {
    en: '{subject}: the disk filled up while {program} wrote',
    zh: '{subject}：{program} 写入时磁盘已满',
  },
  'training.killed': {
    en: '{subject}: {program} was killed from outside',
    zh: '{subject}：{program} 被外部终止',
  },
  'training.ended': {
    en: '{subject}: {program} ended with {status}',
    zh: '{subject}：{program} 结束，状态码 {status}',
  },

  'training.reading-documents': { en: 'reading the documents', zh: '读取文档' },
  'training.reading-examples': { en: 'reading the examples', zh: '读取样例' },
  'training.no-rows': {
    en: '{what} is in the training split: {validation} validate, {test} are kept for testing',
    zh: '训练划分中{what}：{validation} 个用于验证，{test} 个留作测试',
  },
  'training.no-document': { en: 'no document', zh: '没有文档' },
  'training.no-example': { en: 'no example', zh: '没有样例' },
  'training.leak': {
    en: '{place}: {text} is asked by suite question {id}',
    zh: '{place}：评测集问题 {id} 问的就是 {text}',
  },
  'training.leaks': {
    en: [
      'an example would train on the evaluation:{lines}',
      '{n} examples would train on the evaluation:{lines}',
    ],
    zh: '有 {n} 条样例会拿评测内容来训练：{lines}',
  },
  'training.more': { en: 'and {count} more', zh: '以及另外 {count} 条' },
  'training.problems': {
    en: ['the examples have a problem:{lines}', 'the examples have {n} problems:{lines}'],
    zh: '样例中有 {n} 处问题：{lines}',
  },
  'training.problem': { en: '{place}: {problem}', zh: '{place}：{problem}' },
  'training.line-again': {
    en: '{place}: the same line stands at {before} already',
    zh: '{place}：{before} 已有相同的一行',
  },
  'training.id-again': {
    en: '{place}: id "{id}" is used at {before} already',
    zh: '{place}：id “{id}” 已在 {before} 使用',
  },
  'training.source-gone': { en: '{path} cannot be read any more', zh: '{path} 已无法读取' },
  'training.source-changed': {
    en: '{path} changed while the run was going on',
    zh: '{path} 在运行期间发生了变化',
  },
  'training.is-empty': { en: 'is empty', zh: '不能为空' },
  'training.two-turns': { en: 'needs a question and an answer', zh: '需要一问一答' },
  'training.ends-with-answer': {
    en: 'must end with an answer (assistant)',
    zh: '必须以回答（assistant）结尾',
  },
  'training.one-system': {
    en: 'may hold one system message, the first',
    zh: '只能有一条 system 消息，且在最前',
  },
  'training.is-missing': { en: 'is missing', zh: '缺失' },
  'training.unquoted': {
    en: 'is no sound example (files outside are not quoted)',
    zh: '不是合格的样例（项目之外的文件不引用其内容）',
  },
  'training.field': { en: '"{field}" {problem}', zh: '“{field}” {problem}' },
  'training.not-object': { en: 'must be a JSON object', zh: '必须是 JSON 对象' },
  'training.needs': {
    en: 'needs "messages", "prompt" and "answer", "question" with "passage" and "answer", or "text"',
    zh: '需要 "messages"，或 "prompt" 与 "answer"，或 "question" 加 "passage" 与 "answer"，或 "text"',
  },
  'training.other-shape': {
    en: 'a line with {key} does not fit this job, which learns {taught}',
    zh: '含有 {key} 的行不适合此作业，它学习的是{taught}',
  },
  'training.shape-text': { en: 'running text: {"text"}', zh: '连续文本：{"text"}' },
  'training.shape-rows': { en: 'chats, questions and texts', zh: '对话、问题与文本' },
  'training.shape-scores': { en: 'scored texts: {"text", "score"}', zh: '带分数的文本：{"text", "score"}' },

  // Lines of files that people write: examples and suites.
  'line.not-json': { en: 'not JSON: {why}', zh: '不是 JSON：{why}' },
  'line.too-long': {
    en: 'the line has {bytes} bytes; at most {most}',
    zh: '该行有 {bytes} 字节；最多 {most} 字节',
  },
  'line.utf16': { en: 'the file is UTF-16; save it as UTF-8', zh: '文件是 UTF-16 编码；请存为 UTF-8' },
  'line.nul': {
    en: 'the line holds a NUL byte; the file is not text',
    zh: '该行含有 NUL 字节；文件不是文本',
  },
  'line.not-utf8': {
    en: 'the line is not valid UTF-8; save the file as UTF-8',
    zh: '该行不是有效的 UTF-8；请将文件存为 UTF-8',
  },
});
