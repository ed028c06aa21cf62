import { messages } from '../entry.ts';

/** Help of the commands that begin a project, run it, serve it and ask it. */
export const runCommandMessages = messages({
  'command.port': { en: 'port to listen on, instead of serve.port', zh: '监听的端口，代替 serve.port' },
  'command.run-id': { en: 'id or its beginning, or `last`', zh: '编号或其开头，或 `last`' },

  'command.init': {
    en: 'write a commented towpath.yaml for the documents in a folder',
    zh: '为文件夹中的文档写出带注释的 towpath.yaml',
  },
  'command.init.dir': {
    en: 'folder that becomes the project (default: --project, or the current one)',
    zh: '成为项目的文件夹（默认：--project 所指，或当前文件夹）',
  },
  'command.init.force': {
    en: 'replace a towpath.yaml that is already there',
    zh: '替换已有的 towpath.yaml',
  },
  'command.init.example.here': { en: 'for the documents in this folder', zh: '用于此文件夹中的文档' },
  'command.init.example.force': {
    en: 'for another, replacing its file',
    zh: '用于另一个文件夹，并替换其中的文件',
  },

  'command.validate': {
    en: 'check towpath.yaml and report every problem at its place',
    zh: '检查 towpath.yaml，逐一报告问题及其位置',
  },
  'command.validate.example.code': {
    en: 'exit code 2 when there are problems',
    zh: '有问题时退出码为 2',
  },
  'command.validate.example.json': { en: 'for editors and CI', zh: '供编辑器和 CI 使用' },

  'command.schema': {
    en: 'print the JSON Schema of towpath.yaml, for editors',
    zh: '打印 towpath.yaml 的 JSON Schema，供编辑器使用',
  },
  'command.schema.example': {
    en: 'then begin towpath.yaml with {line}',
    zh: '然后让 towpath.yaml 以 {line} 开头',
  },

  'command.doctor': {
    en: 'check what this machine lacks, and say how to get it',
    zh: '检查这台机器缺少什么，并说明怎样补上',
  },
  'command.doctor.example.code': {
    en: 'exit code 4 when something needed lacks',
    zh: '缺少必需的东西时退出码为 4',
  },
  'command.doctor.example.json': { en: 'with versions, for a report', zh: '带版本号，用于反馈问题' },

  'command.up': {
    en: 'run the flow, serve the release, and rerun when sources change',
    zh: '执行流程、用发布提供服务，来源变化时重新运行',
  },
  'command.up.no-watch': {
    en: 'run once and serve, whatever changes afterwards',
    zh: '只运行一次并提供服务，不理会之后的变化',
  },
  'command.up.example.all': {
    en: 'the whole project, in the foreground; Ctrl-C stops it cleanly',
    zh: '整个项目，在前台；按 Ctrl-C 正常停止',
  },
  'command.up.example.port': { en: 'elsewhere, and without rerunning', zh: '换一个端口，且不重新运行' },

  'command.run': {
    en: 'run the flow once; when the gates pass, make a release and make it live',
    zh: '执行一遍流程；门槛通过时生成发布并上线',
  },
  'command.run.from-scratch': { en: 'repeat every step, whatever is cached', zh: '不用缓存，重做每个步骤' },
  'command.run.example.plain': { en: 'redo only what has changed', zh: '只重做有变化的部分' },
  'command.run.example.scratch': { en: 'redo everything', zh: '全部重做' },
  'command.run.example.json': { en: 'events, one a line', zh: '事件，每行一个' },
  'command.run.example.show': { en: 'the newest run, step by step', zh: '最新的运行，逐个步骤' },
  'command.run-show': {
    en: 'show a run step by step: what was done, what was cached, and why',
    zh: '逐个步骤显示一次运行：做了什么、哪些命中缓存，以及原因',
  },
  'command.run-show.example.last': { en: 'the newest run', zh: '最新的运行' },
  'command.run-show.example.id': { en: 'a run by the beginning of its id', zh: '用编号的开头指定运行' },

  'command.serve': {
    en: 'serve the live release, without running the flow',
    zh: '用上线发布提供服务，不执行流程',
  },
  'command.serve.example': {
    en: 'the live release, in the foreground; Ctrl-C stops it cleanly',
    zh: '上线发布，在前台；按 Ctrl-C 正常停止',
  },

  'command.ask': {
    en: 'ask the running service; answers with the passages it rests on',
    zh: '向正在运行的服务提问；回答附有所依据的段落',
  },
  'command.ask.question': {
    en: 'the question; `-` reads it from the standard input',
    zh: '问题；`-` 表示从标准输入读取',
  },
  'command.ask.url': {
    en: 'address of a service (default: the one of this project, or of port 7411)',
    zh: '服务的地址（默认：此项目的服务，或端口 7411）',
  },
  'command.ask.example.question': {
    en: 'How do I roll back a release?',
    zh: '如何回滚一个发布？',
  },
  'command.ask.example.other-question': { en: 'What is a gate?', zh: '什么是门槛？' },
  'command.ask.example.project': { en: 'the service of this project', zh: '此项目的服务' },
  'command.ask.example.url': { en: 'another one, in Chinese', zh: '另一个服务' },
  'command.ask.example.json': { en: 'one JSON object, for scripts', zh: '一个 JSON 对象，供脚本使用' },
});
