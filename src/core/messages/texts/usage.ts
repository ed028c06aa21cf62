import { messages } from '../entry.ts';

/** The frame of every help page, options that hold for all commands, and mistakes in the command line. */
export const usageMessages = messages({
  'help.about': {
    en: 'From raw text to a live, watched question-answering service: one file, one command.',
    zh: '从原始文本到可监控的在线问答服务：一个文件，一条命令。',
  },
  'help.usage': { en: '<command> [options]', zh: '<命令> [选项]' },
  'help.usage-title': { en: 'Usage:', zh: '用法：' },
  'help.arguments': { en: 'Arguments:', zh: '参数：' },
  'help.options': { en: 'Options:', zh: '选项：' },
  'help.global-options': { en: 'Global Options:', zh: '全局选项：' },
  'help.commands': { en: 'Commands:', zh: '命令：' },
  'help.examples': { en: 'Examples:', zh: '示例：' },
  'help.exit-codes': { en: 'Exit codes:', zh: '退出码：' },
  'help.options-here': { en: '[options]', zh: '[选项]' },
  'help.command-here': { en: '[command]', zh: '[命令]' },
  'help.default': { en: '{text} (default: {value})', zh: '{text}（默认：{value}）' },
  'help.choices': { en: '{text} (choices: {choices})', zh: '{text}（可选：{choices}）' },
  'help.begin': { en: 'Begin:', zh: '开始：' },
  'help.run': { en: 'Run and serve:', zh: '运行与服务：' },
  'help.look': { en: 'Look:', zh: '查看：' },
  'help.releases': { en: 'Releases:', zh: '发布：' },
  'help.keep': { en: 'Keep:', zh: '维护：' },
  'help.version': { en: 'print the version', zh: '打印版本' },
  'help.project': {
    en: 'folder with the towpath.yaml (default: the nearest upwards)',
    zh: 'towpath.yaml 所在的文件夹（默认：向上最近的一个）',
  },
  'help.json': { en: 'print records and events as JSON', zh: '以 JSON 打印记录和事件' },
  'help.no-color': { en: 'print without colours; so does NO_COLOR', zh: '不使用颜色；也可设置 NO_COLOR' },
  'help.help-with-examples': { en: 'print help, with examples', zh: '打印帮助和示例' },
  'help.help': { en: 'display help for command', zh: '显示命令的帮助' },
  'help.help-command': {
    en: 'print help for a command or for a topic: exit-codes',
    zh: '打印某个命令或主题（exit-codes）的帮助',
  },
  'help.example.question': { en: 'How do I roll back?', zh: '如何回滚？' },
  'help.example.init': {
    en: 'write a project file for the documents here, then run and serve them',
    zh: '为这里的文档写出项目文件，然后运行并提供服务',
  },
  'help.example.ask': {
    en: 'ask the running service, from another terminal',
    zh: '在另一个终端里向正在运行的服务提问',
  },

  'exit.ok': {
    en: 'done; also when a question was declined, and when Ctrl-C stopped a service that was up',
    zh: '完成；问题被拒答、已启动的服务被 Ctrl-C 停止时也是',
  },
  'exit.fault': { en: 'our fault: please report it', zh: 'Towpath 自身的故障：请反馈' },
  'exit.user': {
    en: 'something asked for or configured has to change',
    zh: '请求或配置需要修改',
  },
  'exit.gate': { en: 'a release did not pass its gates', zh: '发布没有通过门槛' },
  'exit.environment': {
    en: 'the machine lacks something: see `towpath doctor`',
    zh: '机器缺少某样东西：请运行 `towpath doctor` 查看',
  },
  'exit.interrupted': { en: 'interrupted before it was done', zh: '尚未完成就被中断' },

  'usage.unknown-option': { en: "unknown option '{option}'", zh: '未知选项 {option}' },
  'usage.unknown-command': { en: "unknown command '{command}'", zh: '未知命令 {command}' },
  'usage.missing-argument': {
    en: "missing required argument '{argument}'",
    zh: '缺少必需的参数 {argument}',
  },
  'usage.option-argument': { en: "option '{option}' argument missing", zh: '选项 {option} 缺少参数' },
  'usage.option-invalid': {
    en: "option '{option}' argument '{value}' is invalid. {why}",
    zh: '选项 {option} 的参数 {value} 无效。{why}',
  },
  'usage.choices': { en: 'Allowed choices are {choices}.', zh: '可选值为 {choices}。' },
  'usage.conflict': {
    en: "option '{option}' cannot be used with option '{other}'",
    zh: '选项 {option} 不能与选项 {other} 同时使用',
  },
  'usage.arguments': {
    en: [
      "too many arguments for '{command}'. Expected {n} argument but got {count}.",
      "too many arguments for '{command}'. Expected {n} arguments but got {count}.",
    ],
    zh: '{command} 的参数过多：应有 {n} 个，实际为 {count} 个。',
  },
  'usage.meant': {
    en: 'did you mean `{meant}`? Otherwise see `towpath --help`',
    zh: '是否指 `{meant}`？否则请看 `towpath --help`',
  },
  'usage.meant-one-of': {
    en: 'did you mean one of {meant}? Otherwise see `towpath --help`',
    zh: '是否指 {meant} 之一？否则请看 `towpath --help`',
  },
  'usage.command-lacking': {
    en: '`{name}` lacks a command: {known}',
    zh: '`{name}` 缺少子命令：{known}',
  },
  'usage.see-help': {
    en: 'see `{name} --help` for what each does',
    zh: '各子命令的作用请看 `{name} --help`',
  },
  'usage.see-command': { en: 'see `{name} --help`', zh: '请看 `{name} --help`' },
  'usage.see-example': {
    en: 'for example `{example}`; see `{name} --help`',
    zh: '例如 `{example}`；请看 `{name} --help`',
  },
  'usage.no-help': { en: "there is no help for '{topic}'", zh: '没有关于 {topic} 的帮助' },
  'usage.see-commands': {
    en: 'see `towpath --help` for the commands',
    zh: '有哪些命令请看 `towpath --help`',
  },
  'usage.meant-help': { en: 'did you mean `towpath help {meant}`?', zh: '是否指 `towpath help {meant}`？' },
  'usage.port': {
    en: 'A port is a whole number, 0 to 65535; 0 lets the system choose.',
    zh: '端口应为 0 到 65535 的整数；0 由系统选择。',
  },
  'usage.limit': { en: 'How many is a whole number, at least 1.', zh: '数量应为不小于 1 的整数。' },
  'usage.address': {
    en: 'An address looks like http://127.0.0.1:7411.',
    zh: '地址应形如 http://127.0.0.1:7411。',
  },
  'usage.address-path': {
    en: 'An address ends with its port: a service is asked at the root of it, without a path.',
    zh: '地址应以端口结尾：服务位于该地址的根路径，不能带其他路径。',
  },
  'usage.question-empty': { en: 'the question is empty', zh: '问题为空' },
  'usage.question-quotes': {
    en: 'write it in quotes: towpath ask "How do I roll back?"',
    zh: '请把问题写在引号里：towpath ask "如何回滚？"',
  },
  'usage.question-long': { en: 'the question is longer than 1 MiB', zh: '问题超过 1 MiB' },
  'usage.project-below': {
    en: 'project {dir}: the one in use below this folder',
    zh: '项目 {dir}：此文件夹下正在使用的项目',
  },
});
