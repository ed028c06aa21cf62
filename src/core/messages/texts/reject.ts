import { messages } from '../entry.ts';

/** Why a file, a row or a document is not taken: parts of sentences about it. */
export const rejectMessages = messages({
  'reject.unreadable': { en: 'it could not be read ({why})', zh: '无法读取（{why}）' },
  'reject.parquet-encrypted': { en: 'it is encrypted', zh: '它是加密的' },
  'reject.parquet-cut': {
    en: 'it is no Parquet file, or only a part of one',
    zh: '它不是 Parquet 文件，或者不完整',
  },
  'reject.parquet-codec': {
    en: 'it is compressed by {codec}, which cannot be read here',
    zh: '它用 {codec} 压缩，此处无法读取',
  },
  'reject.no-parquet': { en: 'it cannot be read: {why}', zh: '无法读取：{why}' },
  'reject.ending': { en: 'its name does not end in {endings}', zh: '文件名不以 {endings} 结尾' },
  'reject.format': { en: 'its format is not known', zh: '格式未知' },
  'reject.leads-out': {
    en: 'it is a link that leads out of the project folder',
    zh: '它是链接，通向项目文件夹之外',
  },
  'reject.dangling': { en: 'it is a link to a file that is not there', zh: '它是链接，指向的文件不存在' },
  'reject.name': {
    en: 'its name is not UTF-8: the bytes shown as \\x.. stand for no character',
    zh: '文件名不是 UTF-8：显示为 \\x.. 的字节不代表任何字符',
  },
  'reject.gone': {
    en: 'it was there when the folder was read, and is gone',
    zh: '读取文件夹时它还在，现已消失',
  },
  'reject.unquoted': {
    en: 'it cannot be taken as it is (files outside of the project are not quoted)',
    zh: '无法原样接受（项目之外的文件不引用其内容）',
  },
  'reject.too-large': {
    en: 'it has {size}, and no document can be larger than {most}',
    zh: '大小为 {size}，而文档不能超过 {most}',
  },
  'reject.long-text': { en: 'its text is longer than {most}', zh: '文本超过 {most}' },
  'reject.long-line': { en: 'the line is longer than {most}', zh: '该行超过 {most}' },

  'reject.empty': { en: 'it is empty', zh: '它是空的' },
  'reject.blank': { en: 'it holds nothing but white space', zh: '只有空白' },
  'reject.no-lines': { en: 'it has no lines', zh: '没有任何行' },
  'reject.no-rows': { en: 'it has no rows', zh: '没有任何行' },
  'reject.no-text': { en: 'nothing is left without its markup', zh: '去除标记后没有剩余内容' },

  'reject.same-columns': {
    en: 'it has several columns called {column}',
    zh: '有多个名为 {column} 的列',
  },
  'reject.no-column': {
    en: 'it has no column {column}; its columns are {columns}',
    zh: '没有 {column} 列；现有的列是 {columns}',
  },
  'reject.column-type': {
    en: 'its column {column} is {type}, not a string',
    zh: '{column} 列是 {type}，而不是字符串',
  },
  'reject.columns': {
    en: 'it has {columns} columns, the header has {header}',
    zh: '有 {columns} 列，而表头有 {header} 列',
  },
  'reject.no-field': { en: 'it has no {field}', zh: '没有 {field}' },
  'reject.no-field-but': {
    en: 'it has no {field}; its fields are {fields}',
    zh: '没有 {field}；现有的字段是 {fields}',
  },
  'reject.field-kind': { en: 'its {field} is {kind}, not a string', zh: '{field} 是{kind}，而不是字符串' },
  'reject.field-empty': { en: 'its {field} is empty', zh: '{field} 为空' },
  'reject.id-kind': {
    en: 'its {field} is {kind}, not a string or a number',
    zh: '{field} 是{kind}，而不是字符串或数值',
  },
  'reject.id-inexact': {
    en: 'its {field} is a {type} too large to keep every digit: several rows may have had it',
    zh: '{field} 是 {type}，数值过大，无法保留每一位数字：可能有几行原本不同',
  },
  'reject.id-type': {
    en: 'its column {column} is {type}, not a string or a number',
    zh: '{column} 列是 {type}，而不是字符串或数值',
  },
  'reject.same-id': {
    en: 'an earlier row of the file has the same id',
    zh: '文件中较早的一行已有相同的标识',
  },
  'reject.quote-open': {
    en: 'a quotation mark is opened and not closed',
    zh: '引号有开头而没有结尾',
  },
  'reject.quote-text': {
    en: 'text follows a closing quotation mark in column {column}',
    zh: '第 {column} 列在结尾的引号之后还有文字',
  },
  'reject.quote-inside': {
    en: 'a quotation mark stands inside column {column}, which does not begin with one',
    zh: '第 {column} 列不以引号开头，中间却有引号',
  },
  'reject.quote-backslash': {
    en: 'a quotation mark follows a backslash in column {column}: inside quotation marks it is doubled instead',
    zh: '第 {column} 列的引号写在反斜杠之后：引号之内的引号应写成两个',
  },
  'reject.preamble': {
    en: 'its first line has 1 column and the lines after it have {columns}: take out what stands before the header',
    zh: '首行有 1 列，其后各行有 {columns} 列：请删去表头之前的内容',
  },
  'reject.json-array': {
    en: 'this file is a JSON array; each line must be an object of its own',
    zh: '这个文件是一个 JSON 数组；每一行应是一个单独的对象',
  },
  'reject.json-spread': {
    en: 'this file is a JSON object over several lines; each line must be an object of its own',
    zh: '这个文件是一个跨多行的 JSON 对象；每一行应是一个单独的对象',
  },
  'reject.json': { en: 'it is not valid JSON', zh: '不是有效的 JSON' },
  'reject.json-at': {
    en: 'it is not valid JSON at position {position}',
    zh: '在位置 {position} 处不是有效的 JSON',
  },
  'reject.no-object': { en: 'it is {kind}, not an object', zh: '它是{kind}，而不是对象' },
  'reject.array': { en: 'an array', zh: '数组' },
  'reject.object': { en: 'an object', zh: '对象' },
  'reject.string': { en: 'a string', zh: '字符串' },
  'reject.number': { en: 'a number', zh: '数值' },
  'reject.boolean': { en: 'a boolean', zh: '布尔值' },
  'reject.null': { en: 'null', zh: '空值 null' },

  'reject.reader-time': {
    en: 'reading it took longer than {seconds} s',
    zh: '读取它超过了 {seconds} 秒',
  },
  'reject.reader-memory': {
    en: 'reading it took more memory than {most}',
    zh: '读取它所用的内存超过 {most}',
  },
  'reject.reader-ended': {
    en: 'the process that read it ended before its end ({how})',
    zh: '读取它的进程没有读完就结束了（{how}）',
  },
  'reject.reader-garbage': {
    en: 'the process that read it gave something else than documents',
    zh: '读取它的进程给出的不是文档',
  },

  'reject.bytes': { en: 'it has bytes that are not {encoding}', zh: '含有不属于 {encoding} 的字节' },
  'reject.line-bytes': {
    en: 'line {line} has bytes that are not {encoding}',
    zh: '第 {line} 行含有不属于 {encoding} 的字节',
  },
  'reject.line-bytes-auto': {
    en: 'line {line} has bytes that are not UTF-8, and the file does not read as GB18030 or UTF-16 Chinese',
    zh: '第 {line} 行含有不属于 UTF-8 的字节，而文件按 GB18030 或 UTF-16 中文也读不通',
  },
  'reject.mark': {
    en: 'its byte order mark says {mark}, the project file says {declared}',
    zh: '字节顺序标记是 {mark}，而项目文件写的是 {declared}',
  },
  'reject.charset': {
    en: 'it says charset={charset}, which is not supported',
    zh: '它声明 charset={charset}，不支持这种编码',
  },
  'reject.utf32': { en: 'it is UTF-32, which is not supported', zh: '它是 UTF-32，不支持这种编码' },
  'reject.short-ambiguous': {
    en: 'its few characters outside ASCII are valid both as UTF-8 and as GB18030',
    zh: 'ASCII 之外的少数字符既是有效的 UTF-8，也是有效的 GB18030',
  },
  'reject.ambiguous': { en: 'it reads as {encodings} alike', zh: '按 {encodings} 都读得通' },
  'reject.and-as': { en: '{one} and as {other}', zh: '{one} 和 {other}' },
  'reject.no-encoding': {
    en: 'it is not valid UTF-8, and does not read as GB18030 or UTF-16 Chinese',
    zh: '不是有效的 UTF-8，按 GB18030 或 UTF-16 中文也读不通',
  },
  'reject.zero-bytes': { en: 'it holds NUL bytes', zh: '含有 NUL 字节（值为零）' },
  'reject.zero-no-utf16': {
    en: 'it holds NUL bytes and is no UTF-16 text',
    zh: '含有 NUL 字节（值为零），且不是 UTF-16 文本',
  },
  'reject.control': {
    en: 'more than 1 in 200 of its characters are control codes',
    zh: '每 200 个字符中有 1 个以上是控制字符',
  },
  'reject.binary': { en: 'it is {kind}, not text', zh: '它是{kind}，而不是文本' },
  'reject.mistaken': {
    en: 'it is {kind}, whatever its name says',
    zh: '它是{kind}，与文件名所示不符',
  },
  'reject.pdf': { en: 'a PDF', zh: ' PDF' },
  'reject.zip': { en: 'a ZIP archive or an Office document', zh: ' ZIP 压缩包或 Office 文档' },
  'reject.old-office': { en: 'an old Office document', zh: '旧版 Office 文档' },
  'reject.gzip': { en: 'gzip data', zh: ' gzip 数据' },
  'reject.zstandard': { en: 'Zstandard data', zh: ' Zstandard 数据' },
  'reject.xz': { en: 'an XZ archive', zh: ' XZ 压缩包' },
  'reject.7-zip': { en: 'a 7-Zip archive', zh: ' 7-Zip 压缩包' },
  'reject.rar': { en: 'a RAR archive', zh: ' RAR 压缩包' },
  'reject.png': { en: 'a PNG image', zh: ' PNG 图片' },
  'reject.jpeg': { en: 'a JPEG image', zh: ' JPEG 图片' },
  'reject.gif': { en: 'a GIF image', zh: ' GIF 图片' },
  'reject.program': { en: 'a program', zh: '程序' },
  'reject.sqlite': { en: 'an SQLite database', zh: ' SQLite 数据库' },
  'reject.parquet': { en: 'a Parquet file', zh: ' Parquet 文件' },
  'reject.gguf': { en: 'a GGUF model', zh: ' GGUF 模型' },

  'reject.short': {
    en: 'it has {characters} characters, the least is {least}',
    zh: '有 {characters} 个字符，至少需要 {least} 个',
  },
  'reject.garbled': {
    en: [
      'one of its characters is lost: U+FFFD stands there, or an escape of no character',
      '{n} of its characters are lost: U+FFFD stands there, or an escape of no character',
    ],
    zh: '有 {n} 个字符已丢失：原处是 U+FFFD，或不代表任何字符的转义（乱码）',
  },
  'reject.language': {
    en: 'its language is {language}, the project takes {languages}',
    zh: '语言是 {language}，而项目只保留 {languages}',
  },
  'reject.no-language': {
    en: 'its language is not recognisable, the project takes {languages}',
    zh: '无法识别语言，而项目只保留 {languages}',
  },
  'reject.duplicate': { en: 'its text is that of {source}', zh: '文本与 {source} 相同' },
});
