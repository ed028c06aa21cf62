import { errorTexts } from '../../error-texts.ts';

export const dataErrorTexts = errorTexts({
  TOW_DATA_SOURCE_CHANGED: {
    meaning: {
      en: 'A source file changed or vanished while a run was reading it.',
      zh: '运行读取来源文件时，该文件被修改或删除。',
    },
    remedy: {
      en: 'Run again; do not write to sources during a run.',
      zh: '重新运行；运行期间不要改动来源文件。',
    },
  },
  TOW_DATA_SOURCE_EMPTY: {
    meaning: { en: 'Every file or row of a source was rejected.', zh: '某个来源的所有文件或行都被拒绝。' },
    remedy: {
      en: 'Mend the files as the reasons in the message say, or take the source out of towpath.yaml.',
      zh: '按错误信息中的原因修正文件，或从 towpath.yaml 中移除该来源。',
    },
  },
  TOW_DATA_NO_FILES: {
    meaning: { en: 'A source’s patterns match no file.', zh: '来源的匹配模式没有匹配到任何文件。' },
    remedy: {
      en: 'Correct `sources[].files`; patterns are relative to the project folder.',
      zh: '修正 `sources[].files`；模式相对于项目文件夹。',
    },
  },
  TOW_DATA_FILE_EMPTY: {
    meaning: { en: 'A source file holds nothing but white space.', zh: '来源文件为空或只有空白。' },
    remedy: { en: 'Fill or delete the file.', zh: '补充内容或删除该文件。' },
  },
  TOW_DATA_FILE_MISSING: {
    meaning: {
      en: 'A source path is a link whose target does not exist, or the file vanished while it was being listed.',
      zh: '来源路径是一个目标不存在的链接，或者文件在列出时消失了。',
    },
    remedy: { en: 'Mend or delete the link.', zh: '修复或删除该链接。' },
  },
  TOW_DATA_FILE_NAME: {
    meaning: {
      en: 'The name of a source file, or of a folder above it, is not valid UTF-8.',
      zh: '来源文件或其上级文件夹的名称不是有效的 UTF-8。',
    },
    remedy: {
      en: 'Rename it in UTF-8, for example with `convmv -f latin1 -t utf8 --notest`.',
      zh: '把名称改成 UTF-8，例如使用 `convmv -f gbk -t utf8 --notest`。',
    },
  },
  TOW_DATA_FILE_OUTSIDE: {
    meaning: {
      en: 'A source path is a link that leads out of the project folder.',
      zh: '来源路径是一个指向项目文件夹之外的链接。',
    },
    remedy: {
      en: 'Copy the file into the project folder, or trust the project with the path: `towpath trust --path`.',
      zh: '把文件复制到项目文件夹中，或用 `towpath trust --path` 信任该路径。',
    },
  },
  TOW_DATA_FILE_SPECIAL: {
    meaning: {
      en: 'A source path is no regular file: a FIFO, a socket, a device, a folder, a link in a circle, or a file of a tool such as Git.',
      zh: '来源路径不是普通文件：是 FIFO、套接字、设备、文件夹、循环链接，或 Git 等工具自己的文件。',
    },
    remedy: {
      en: 'Delete it, or leave it out with `sources[].exclude`.',
      zh: '删除它，或用 `sources[].exclude` 排除。',
    },
  },
  TOW_DATA_FILE_UNREADABLE: {
    meaning: {
      en: 'The operating system did not let a source file be read.',
      zh: '操作系统不允许读取来源文件。',
    },
    remedy: {
      en: 'Give the user that runs Towpath the right to read it.',
      zh: '授予运行 Towpath 的用户读取权限。',
    },
  },
  TOW_DATA_FILE_BINARY: {
    meaning: { en: 'A source file is not text.', zh: '来源文件不是文本。' },
    remedy: {
      en: 'Exclude it with `sources[].exclude`, or convert it to text first.',
      zh: '用 `sources[].exclude` 排除，或先转换成文本。',
    },
  },
  TOW_DATA_FORMAT_UNKNOWN: {
    meaning: {
      en: 'A source file’s extension is none that Towpath reads.',
      zh: '来源文件的扩展名不受支持。',
    },
    remedy: {
      en: 'Give the file one of the endings that the reason names, or exclude it.',
      zh: '让文件使用原因中列出的扩展名之一，或排除该文件。',
    },
  },
  TOW_DATA_TOO_LARGE: {
    meaning: { en: 'A document is larger than `data.max_file_size`.', zh: '文档超过 `data.max_file_size`。' },
    remedy: { en: 'Split it, or raise `data.max_file_size`.', zh: '拆分文档，或调大 `data.max_file_size`。' },
  },
  TOW_DATA_MEMORY: {
    meaning: {
      en: 'The documents need more memory than a step may take on this machine, or under its container’s limit.',
      zh: '文档所需的内存超过了步骤在本机或容器的限制下可用的内存。',
    },
    remedy: {
      en: 'Split the file that is named; or lower `data.max_file_size`, so that it is rejected; or give the machine or the container more memory.',
      zh: '拆分信息中所说的文件；或调小 `data.max_file_size`，使它被拒绝；或为机器或容器增加内存。',
    },
  },
  TOW_DATA_ENCODING_INVALID: {
    meaning: { en: 'Some bytes are not valid in the file’s encoding.', zh: '部分字节在文件的编码中无效。' },
    remedy: {
      en: 'Save the file as UTF-8, or name its encoding in `sources[].encoding`.',
      zh: '将文件另存为 UTF-8，或在 `sources[].encoding` 中指明编码。',
    },
  },
  TOW_DATA_ENCODING_UNKNOWN: {
    meaning: { en: 'The encoding of a file cannot be told with certainty.', zh: '无法确定文件的编码。' },
    remedy: {
      en: 'Name it in `sources[].encoding` (utf-8, utf-16le, utf-16be, gb18030), or save the file as UTF-8.',
      zh: '在 `sources[].encoding` 中指明（utf-8、utf-16le、utf-16be、gb18030），或将文件另存为 UTF-8。',
    },
  },
  TOW_DATA_ENCODING_CONTRADICTED: {
    meaning: {
      en: 'A file’s byte order mark contradicts the encoding in the project file.',
      zh: '文件的字节序标记与项目文件中的编码不一致。',
    },
    remedy: {
      en: 'Set `sources[].encoding` to auto or to what the file is.',
      zh: '将 `sources[].encoding` 设为 auto 或文件的实际编码。',
    },
  },
  TOW_DATA_READER_FAILED: {
    meaning: {
      en: 'Reading or cleaning one document failed in a way that Towpath did not foresee, or went beyond the limits of its format; it was left out.',
      zh: '读取或清理某个文档时发生了 Towpath 未预料到的失败，或超出了该格式的限制；该文档已被排除。',
    },
    remedy: {
      en: 'Exclude or simplify the document named, and report it with the reason shown.',
      zh: '排除或简化所指的文档，并连同显示的原因一起报告。',
    },
  },
  TOW_DATA_NO_TEXT: {
    meaning: {
      en: 'Nothing is left of a document once its markup is taken away.',
      zh: '去除标记后文档没有剩余文本。',
    },
    remedy: { en: 'Exclude the file.', zh: '排除该文件。' },
  },
  TOW_DATA_CSV_QUOTING: {
    meaning: { en: 'A row’s quotation marks do not pair up.', zh: '某行的引号不成对。' },
    remedy: {
      en: 'Double quotation marks inside a quoted field and close it before the next comma.',
      zh: '引号字段中的引号要写成两个，并在下一个逗号前闭合。',
    },
  },
  TOW_DATA_CSV_COLUMNS: {
    meaning: { en: 'A row has another number of columns than the header.', zh: '某行的列数与表头不同。' },
    remedy: { en: 'Quote fields that hold the separator.', zh: '给含有分隔符的字段加引号。' },
  },
  TOW_DATA_COLUMN_MISSING: {
    meaning: {
      en: 'A table lacks a column that the project file names.',
      zh: '表格缺少项目文件中指定的列。',
    },
    remedy: {
      en: 'Set `sources[].text`, `title` and `id` to columns that the table has.',
      zh: '将 `sources[].text`、`title`、`id` 设为表格中存在的列。',
    },
  },
  TOW_DATA_JSON_INVALID: {
    meaning: { en: 'A line is not a JSON object.', zh: '某行不是 JSON 对象。' },
    remedy: { en: 'Write one complete JSON object a line.', zh: '每行写一个完整的 JSON 对象。' },
  },
  TOW_DATA_ROW_TEXT: {
    meaning: {
      en: 'A row’s text is missing, empty or not a string.',
      zh: '某行的文本缺失、为空或不是字符串。',
    },
    remedy: { en: 'Fill the column that `sources[].text` names.', zh: '填写 `sources[].text` 指定的列。' },
  },
  TOW_DATA_ROW_ID: {
    meaning: {
      en: 'A row’s identity is missing, is no string or number, or is used by an earlier row of the file.',
      zh: '某行的标识缺失、不是字符串或数值，或已被同一文件中更早的行使用。',
    },
    remedy: {
      en: 'Make the column that `sources[].id` names unique, or leave `id` out.',
      zh: '让 `sources[].id` 指定的列唯一，或去掉 `id`。',
    },
  },
  TOW_DATA_PARQUET_INVALID: {
    meaning: {
      en: 'A Parquet file is damaged or its column is no text.',
      zh: 'Parquet 文件已损坏，或指定的列不是文本。',
    },
    remedy: {
      en: 'Write the file again; the text column must be a string.',
      zh: '重新生成文件；文本列必须是字符串。',
    },
  },
  TOW_DATA_TOO_SHORT: {
    meaning: {
      en: 'A document has fewer characters than `data.min_characters`.',
      zh: '文档字符数少于 `data.min_characters`。',
    },
    remedy: {
      en: 'Lower `data.min_characters` if such documents matter.',
      zh: '如果需要这类文档，请调小 `data.min_characters`。',
    },
  },
  TOW_DATA_LANGUAGE: {
    meaning: {
      en: 'A document is in a language that `data.languages` does not list.',
      zh: '文档的语言不在 `data.languages` 中。',
    },
    remedy: { en: 'Add the language, or `any`.', zh: '添加该语言，或使用 `any`。' },
  },
  TOW_DATA_GARBLED: {
    meaning: {
      en: 'A document holds many replacement characters, or a row NUL bytes: it was damaged before it came here.',
      zh: '文档含有大量替换字符，或某行含有 NUL 字节：在进入之前已经损坏。',
    },
    remedy: { en: 'Export it again from where it came, as UTF-8.', zh: '从原处重新以 UTF-8 导出。' },
  },
  TOW_DATA_DUPLICATE: {
    meaning: { en: 'A document has the same text as another one.', zh: '文档与另一篇的文本相同。' },
    remedy: {
      en: 'Nothing need be done; `data.deduplicate: off` keeps both.',
      zh: '无需处理；`data.deduplicate: off` 会保留两者。',
    },
  },
  TOW_DATA_DATASET_UNREADABLE: {
    meaning: {
      en: 'A dataset artifact holds no readable documents.parquet.',
      zh: '数据集产物中没有可读取的 documents.parquet。',
    },
    remedy: {
      en: 'Run with `--from-scratch` so that the dataset is made again.',
      zh: '用 `--from-scratch` 重新运行，以重新生成数据集。',
    },
  },
  TOW_DATA_INDEX_EMPTY: {
    meaning: {
      en: 'The documents hold no text that a passage could be cut from.',
      zh: '文档中没有可以切成段落的文本。',
    },
    remedy: {
      en: 'See the reasons in the dataset’s rejects.jsonl and widen `sources` or `data.languages`.',
      zh: '查看数据集 rejects.jsonl 中的原因，并放宽 `sources` 或 `data.languages`。',
    },
  },
  TOW_DATA_INDEX_UNREADABLE: {
    meaning: {
      en: 'An index artifact is damaged or was made by another version of Towpath.',
      zh: '索引产物已损坏，或由另一版本的 Towpath 生成。',
    },
    remedy: {
      en: 'Run `towpath run`, which makes the index again.',
      zh: '运行 `towpath run`，重新生成索引。',
    },
  },
});
