import { messages } from '../entry.ts';

/** What is wrong with the project file as YAML. */
export const yamlMessages = messages({
  'yaml.utf16': { en: 'the file is UTF-16: save it as UTF-8', zh: '文件是 UTF-16 编码：请存为 UTF-8' },
  'yaml.nul': { en: 'the file holds a NUL byte', zh: '文件含有 NUL 字节' },
  'yaml.not-utf8': { en: 'the file is not valid UTF-8 here', zh: '此处不是有效的 UTF-8' },
  'yaml.aliases-repeat': { en: 'aliases repeat the file far too often', zh: '别名使文件内容重复得太多' },
  'yaml.aliases': { en: 'the aliases of the file are more than {most}', zh: '文件中的别名超过 {most} 个' },
  'yaml.no-anchor': {
    en: 'the alias *{alias} has no anchor &{alias} before it; a pattern or text that begins with * is put in quotes: "*{alias}"',
    zh: '别名 *{alias} 之前没有锚点 &{alias}；以 * 开头的匹配模式或文本要加引号："*{alias}"',
  },
  'yaml.circular': {
    en: 'the alias *{alias} stands inside what it refers to',
    zh: '别名 *{alias} 位于它所指的内容之中',
  },
  'yaml.unknown': { en: 'cannot be understood: {why}', zh: '无法理解：{why}' },

  // In place of the library's own words.
  'yaml.duplicate-key': { en: 'this key stands here a second time', zh: '此键在这里重复出现' },
  'yaml.tab': { en: 'a tab is used to indent: use spaces', zh: '使用了制表符缩进：请用空格' },
  'yaml.documents': {
    en: 'a second YAML document begins here: a project file holds one',
    zh: '第二个 YAML 文档从这里开始：项目文件只能有一个',
  },
  'yaml.text-key': { en: 'a key must be text', zh: '键必须是文本' },
  'yaml.deep': { en: 'nested too deeply', zh: '嵌套过深' },
  'yaml.tags': {
    en: 'tags such as !this are not used in a project file',
    zh: '项目文件中不使用 !this 这样的标签',
  },
  'yaml.long-key': { en: 'a key is longer than 1024 characters', zh: '键超过 1024 个字符' },
  'yaml.lines-key': {
    en: 'a key must stand on one line; is a colon or an indent missing?',
    zh: '键必须写在一行内；是否缺少冒号或缩进？',
  },

  // The library's own words, uncapitalised: `recognise` finds them.
  'yaml.map-column': {
    en: 'all mapping items must start at the same column',
    zh: '映射的各项必须从同一列开始',
  },
  'yaml.sequence-column': {
    en: 'all sequence items must start at the same column',
    zh: '列表的各项必须从同一列开始',
  },
  'yaml.no-dash': { en: 'sequence item without - indicator', zh: '列表项缺少开头的 -' },
  'yaml.no-value': {
    en: 'implicit map keys need to be followed by map values',
    zh: '键之后必须有冒号和值',
  },
  'yaml.compact': {
    en: 'nested mappings are not allowed in compact mappings',
    zh: '同一行中不能再嵌套映射',
  },
  'yaml.sequence-key': {
    en: 'a block sequence may not be used as an implicit map key',
    zh: '块列表不能用作键',
  },
  'yaml.block-in-flow': {
    en: 'block collections are not allowed within flow collections',
    zh: '方括号或花括号之内不能写块形式的列表或映射',
  },
  'yaml.flow-indent': {
    en: 'flow end indicator should be more indented than parent',
    zh: '结束的括号应比上一级缩进更多',
  },
  'yaml.map-end': { en: 'flow map must end with a }', zh: '花括号映射必须以 } 结束' },
  'yaml.sequence-end': { en: 'flow sequence must end with a ]', zh: '方括号列表必须以 ] 结束' },
  'yaml.map-end-indent': {
    en: 'flow map in block collection must be sufficiently indented and end with a }',
    zh: '花括号映射的各行必须缩进，并以 } 结束',
  },
  'yaml.sequence-end-indent': {
    en: 'flow sequence in block collection must be sufficiently indented and end with a ]',
    zh: '方括号列表的各行必须缩进，并以 ] 结束',
  },
  'yaml.map-comma': { en: 'missing , between flow map items', zh: '花括号映射的各项之间缺少逗号' },
  'yaml.sequence-comma': {
    en: 'missing , between flow sequence items',
    zh: '方括号列表的各项之间缺少逗号',
  },
  'yaml.map-colon': {
    en: 'missing , or : between flow map items',
    zh: '花括号映射的各项之间缺少逗号或冒号',
  },
  'yaml.sequence-colon': {
    en: 'missing , or : between flow sequence items',
    zh: '方括号列表的各项之间缺少逗号或冒号',
  },
  'yaml.map-space': { en: 'missing space after : in flow map', zh: '花括号映射中冒号之后缺少空格' },
  'yaml.sequence-space': {
    en: 'missing space after : in flow sequence',
    zh: '方括号列表中冒号之后缺少空格',
  },
  'yaml.map-empty': { en: 'unexpected empty item in flow map', zh: '花括号映射中有多余的空项' },
  'yaml.sequence-empty': {
    en: 'unexpected empty item in flow sequence',
    zh: '方括号列表中有多余的空项',
  },
  'yaml.in-map': { en: 'unexpected {token} in flow map', zh: '花括号映射中不应出现 {token}' },
  'yaml.in-sequence': { en: 'unexpected {token} in flow sequence', zh: '方括号列表中不应出现 {token}' },
  'yaml.in-collection': { en: 'unexpected {token} in collection', zh: '列表或映射中不应出现 {token}' },
  'yaml.in-header': {
    en: 'unexpected token in block scalar header: {token}',
    zh: '多行文本的开头标记中不应出现 {token}',
  },
  'yaml.at-end': { en: 'unexpected {token} at node end', zh: '值的末尾不应出现 {token}' },
  'yaml.after-key': {
    en: 'unexpected block-seq-ind on same line with key',
    zh: '键所在的行上不能开始列表',
  },
  'yaml.in-stream': {
    en: 'unexpected {type} token in YAML stream: {source}',
    zh: 'YAML 流中不应出现 {type} 记号：{source}',
  },
  'yaml.in-document': {
    en: 'unexpected {type} token in YAML document: {source}',
    zh: 'YAML 文档中不应出现 {type} 记号：{source}',
  },
  'yaml.no-document': {
    en: 'unexpected doc-end without preceding document',
    zh: '文档结束标记之前没有文档',
  },
  'yaml.token': { en: 'unexpected {type} token', zh: '不应出现 {type} 记号' },
  'yaml.unsupported': { en: 'unsupported token {type}', zh: '不支持 {type} 记号' },
  'yaml.unsupported-type': { en: 'unsupported token (type: {type})', zh: '不支持 {type} 记号' },
  'yaml.directives-end': {
    en: 'missing directives-end indicator line',
    zh: '指令之后缺少 --- 行',
  },
  'yaml.document-start': {
    en: 'missing directives-end/doc-start indicator line',
    zh: '缺少 --- 行',
  },
  'yaml.same-line': {
    en: 'block collection cannot start on same line with directives-end marker',
    zh: '列表或映射不能与 --- 写在同一行',
  },
  'yaml.version': { en: 'unsupported YAML version {version}', zh: '不支持 YAML {version} 版' },
  'yaml.directive': { en: 'unknown directive {name}', zh: '未知的指令 {name}' },
  'yaml.yaml-directive': {
    en: '%YAML directive should contain exactly one part',
    zh: '%YAML 指令应当恰好有一个参数',
  },
  'yaml.tag-directive': {
    en: '%TAG directive should contain exactly two parts',
    zh: '%TAG 指令应当恰好有两个参数',
  },
  'yaml.comment-space': {
    en: 'comments must be separated from other tokens by white space characters',
    zh: '注释之前必须有空格',
  },
  'yaml.properties-space': {
    en: 'tags and anchors must be separated from the next token by white space',
    zh: '标签和锚点之后必须有空格',
  },
  'yaml.properties-order': {
    en: 'anchors and tags must be after the {token} indicator',
    zh: '锚点和标签必须写在 {token} 之后',
  },
  'yaml.properties-line': {
    en: 'missing newline after block sequence props',
    zh: '列表的标签或锚点之后必须换行',
  },
  'yaml.anchors': { en: 'a node can have at most one anchor', zh: '一个值最多有一个锚点' },
  'yaml.two-tags': { en: 'a node can have at most one tag', zh: '一个值最多有一个标签' },
  'yaml.anchor-colon': { en: 'anchor ending in : is ambiguous', zh: '以冒号结尾的锚点有歧义' },
  'yaml.anchor-empty': { en: 'anchor cannot be an empty string', zh: '锚点不能为空' },
  'yaml.alias-colon': { en: 'alias ending in : is ambiguous', zh: '以冒号结尾的别名有歧义' },
  'yaml.alias-empty': { en: 'alias cannot be an empty string', zh: '别名不能为空' },
  'yaml.alias-properties': {
    en: 'an alias node must not specify any properties',
    zh: '别名不能带有标签或锚点',
  },
  'yaml.plain-tab': { en: 'plain value cannot start with a tab character', zh: '值不能以制表符开头' },
  'yaml.plain-comma': {
    en: 'plain value cannot start with flow indicator character ,',
    zh: '值不能以逗号开头，除非加引号',
  },
  'yaml.plain-directive': {
    en: 'plain value cannot start with directive indicator character %',
    zh: '值不能以 % 开头，除非加引号',
  },
  'yaml.plain-block': {
    en: 'plain value cannot start with block scalar indicator {character}',
    zh: '值不能以 {character} 开头，除非加引号',
  },
  'yaml.plain-reserved': {
    en: 'plain value cannot start with reserved character {character}',
    zh: '值不能以 {character} 开头，除非加引号',
  },
  'yaml.single-quote': { en: "missing closing 'quote", zh: '缺少结尾的单引号' },
  'yaml.double-quote': { en: 'missing closing "quote', zh: '缺少结尾的双引号' },
  'yaml.escape': { en: 'invalid escape sequence {escape}', zh: '无效的转义序列 {escape}' },
  'yaml.block-leading': {
    en: 'block scalars with more-indented leading empty lines must use an explicit indentation indicator',
    zh: '多行文本开头的空行缩进更多时，必须写明缩进数',
  },
  'yaml.block-indent': {
    en: 'block scalar values in collections must be indented',
    zh: '列表或映射中的多行文本必须缩进',
  },
  'yaml.block-less': {
    en: 'block scalar lines must not be less indented than their first line',
    zh: '多行文本各行的缩进不能少于第一行',
  },
  'yaml.block-explicit': {
    en: 'block scalar lines must not be less indented than their explicit indentation indicator',
    zh: '多行文本各行的缩进不能少于写明的缩进数',
  },
  'yaml.block-header': {
    en: 'block scalar header includes extra characters: {source}',
    zh: '多行文本的开头标记有多余的字符：{source}',
  },
});
