import { messages } from '../entry.ts';

/** From files to passages: what is being done, and what keeps it from being done. */
export const dataMessages = messages({
  'data.reading': { en: 'reading {path}', zh: '正在读取 {path}' },
  'data.read': { en: 'read {path}', zh: '已读取 {path}' },
  'data.cleaning': { en: 'cleaning and masking', zh: '正在清理和脱敏' },
  'data.cutting': { en: 'cutting documents into passages', zh: '正在把文档切成段落' },
  'data.vectors': { en: 'making vectors', zh: '正在生成向量' },
  'data.table': { en: 'writing the search table', zh: '正在写入检索表' },

  'data.no-files': {
    en: 'source {source} matches no file: {patterns}',
    zh: '来源 {source} 没有匹配到文件：{patterns}',
  },
  'data.changed': {
    en: '{path} changed while it was being read: {how}',
    zh: '{path} 在读取期间发生了变化：{how}',
  },
  'data.not-opened': { en: 'it can no longer be opened', zh: '它已无法打开' },
  'data.other-content': { en: 'its content is another', zh: '内容已不同' },
  'data.source-empty': {
    en: 'nothing is left of source {source} ({files} files, {size}, {rejected} rejected): {reasons}',
    zh: '来源 {source} 没有剩下任何文档（{files} 个文件，{size}，拒收 {rejected} 项）：{reasons}',
  },
  'data.source-filtered': {
    en: 'nothing is left of source {source} ({rejected} documents rejected): {reasons}',
    zh: '来源 {source} 没有剩下任何文档（拒收 {rejected} 篇）：{reasons}',
  },
  'data.all-short': {
    en: 'Every text of it is shorter than `data.min_characters` ({least}): set that to fewer in towpath.yaml, or take the source out.',
    zh: '它的每段文本都短于 `data.min_characters`（{least}）：请在 towpath.yaml 中调小该值，或移除该来源。',
  },
  'data.rejected': { en: '{place}: {reason}', zh: '{place}：{reason}' },
  'data.reasons': { en: '{one}; {other}', zh: '{one}；{other}' },
  'data.documents-unreadable': {
    en: 'the dataset’s documents cannot be read: {path}',
    zh: '无法读取数据集中的文档：{path}',
  },
  'data.no-passage': {
    en: 'no passage in {documents} documents: there is nothing to search',
    zh: '{documents} 篇文档中没有段落：没有可检索的内容',
  },
  'data.spilling': {
    en: 'spilling what does not fit into memory',
    zh: '正在把内存放不下的部分写到磁盘',
  },
  'data.rows-memory': {
    en: 'the rows at hand do not fit into {limit} of memory',
    zh: '{limit} 内存放不下当前的行',
  },
  'data.documents-memory': {
    en: 'the documents need more than the {limit} of memory that a step may take here; the largest is {source} ({size})',
    zh: '文档所需的内存超过一个步骤在这里可用的 {limit}；最大的是 {source}（{size}）',
  },
});
