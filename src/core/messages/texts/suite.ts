import { messages } from '../entry.ts';

/** What is wrong with a suite, its lines and its passages. */
export const suiteMessages = messages({
  'suite.problem': { en: '{place}: {problem}', zh: '{place}：{problem}' },
  'suite.problems': {
    en: ['the evaluation suites have a problem:{lines}', 'the evaluation suites have {n} problems:{lines}'],
    zh: '评测集中有 {n} 处问题：{lines}',
  },
  'suite.unreadable': { en: 'the suite {path} cannot be read', zh: '无法读取评测集 {path}' },
  'suite.unreadable-why': {
    en: 'the suite {path} cannot be read: {why}',
    zh: '无法读取评测集 {path}：{why}',
  },
  'suite.changed': { en: '{path} changed while the run was going on', zh: '{path} 在运行期间发生了变化' },
  'suite.empty': { en: 'the suite has no question', zh: '评测集中没有问题' },
  'suite.id-again': {
    en: 'id "{id}" is already used at {where}',
    zh: 'id “{id}” 已在 {where} 使用',
  },
  'suite.not-object': {
    en: 'must be a JSON object {fields}',
    zh: '必须是 JSON 对象 {fields}',
  },
  'suite.missing': { en: '"{field}" is missing', zh: '缺少 “{field}”' },
  'suite.answers-missing': {
    en: '"answers" is missing (write [] for a question to be declined)',
    zh: '缺少 “answers”（应当拒答的问题请写 []）',
  },
  'suite.passage-missing': {
    en: '"passage" is missing: where does the answer stand?',
    zh: '缺少 “passage”：答案出自哪里？',
  },
  'suite.blank': { en: '"{field}" is empty', zh: '“{field}” 为空' },
  'suite.not-text': { en: '"{field}" must be text, not {value}', zh: '“{field}” 必须是文本，而不是 {value}' },
  'suite.id-spaces': {
    en: '"id" must be text without spaces, not {value}',
    zh: '“id” 必须是不含空格的文本，而不是 {value}',
  },
  'suite.language': {
    en: '"language" must be one of {languages}, not {value}',
    zh: '“language” 必须是 {languages} 之一，而不是 {value}',
  },
  'suite.no-chinese': {
    en: '"language" is zh but the question has no Chinese character: {question}',
    zh: '“language” 是 zh，但问题中没有汉字：{question}',
  },
  'suite.no-english': {
    en: '"language" is en but the question does not read as English: {question}',
    zh: '“language” 是 en，但问题不像英文：{question}',
  },
  'suite.answers-list': {
    en: '"answers" must be a list of texts, not {value}',
    zh: '“answers” 必须是文本列表，而不是 {value}',
  },
  'suite.declined-passage': {
    en: '"answers" is empty, so the question is to be declined, yet it names a passage',
    zh: '“answers” 为空，即问题应当拒答，却又指定了段落',
  },
  'suite.passage-shape': {
    en: '"passage" must be {fields}, not {value}',
    zh: '“passage” 必须是 {fields}，而不是 {value}',
  },
  'suite.unknown-field': {
    en: 'unknown field {field}; known are {known}',
    zh: '未知字段 {field}；已知的有 {known}',
  },
  'suite.unknown-field-near': {
    en: 'unknown field {field}; did you mean "{near}"?',
    zh: '未知字段 {field}；是否指 “{near}”？',
  },
  'suite.overlong': {
    en: '"{field}" has {length} characters; at most {most}',
    zh: '“{field}” 有 {length} 个字符；最多 {most} 个',
  },
  'suite.unquoted': {
    en: 'is no sound question (files outside are not quoted)',
    zh: '不是合格的问题（项目之外的文件不引用其内容）',
  },
  'suite.of-question': { en: 'question {id}: {problem}', zh: '问题 {id}：{problem}' },
  'suite.no-document': { en: 'no document {source} is in the index', zh: '索引中没有文档 {source}' },
  'suite.no-document-but': {
    en: 'no document {source} is in the index; the text stands in {elsewhere}',
    zh: '索引中没有文档 {source}；这段文字出现在 {elsewhere} 中',
  },
  'suite.spread': {
    en: 'the excerpt spreads over several passages of {source}; shorten it to the part that answers',
    zh: '摘录跨越了 {source} 的多个段落；请缩短为回答问题的部分',
  },
  'suite.gone': { en: 'the excerpt is not in {source} any more', zh: '{source} 中已没有这段摘录' },
  'suite.altered': {
    en: 'the excerpt is not in {source} any more as it is: words or numbers differ from what stands there now',
    zh: '{source} 中已没有与这段摘录完全一致的文字：词语或数字与现在的内容不同',
  },
  'suite.gone-but': {
    en: 'the excerpt is not in {source} any more; the text stands in {elsewhere}',
    zh: '{source} 中已没有这段摘录；这段文字出现在 {elsewhere} 中',
  },
  'suite.unknown-passages': {
    en: [
      'a suite question names a passage that the documents do not hold:{lines}',
      '{n} suite questions name passages that the documents do not hold:{lines}',
    ],
    zh: '评测集中有 {n} 个问题所指定的段落在文档中不存在：{lines}',
  },
});
