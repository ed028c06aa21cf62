import { messages } from '../entry.ts';

/** Help of the commands that look at runs and at where things come from. */
export const lookCommandMessages = messages({
  'command.for-scripts': { en: 'for scripts', zh: '供脚本使用' },

  'command.status': {
    en: 'show the live release, the running service and the last run',
    zh: '显示上线发布、正在运行的服务和最近一次运行',
  },
  'command.status.example': { en: 'what is live, and where', zh: '什么已上线，在哪里' },

  'command.runs': { en: 'list the runs, newest first', zh: '列出各次运行，最新的在前' },
  'command.runs.limit': { en: 'how many', zh: '列出多少次' },
  'command.runs.example': { en: 'the last 20', zh: '最近 20 次' },

  'command.logs': {
    en: 'print the kept log of a run or of one of its steps',
    zh: '打印一次运行或其中某个步骤保存下来的日志',
  },
  'command.logs.step': { en: 'one step alone', zh: '只看某个步骤' },
  'command.logs.follow': { en: 'go on until the run ends', zh: '持续打印，直到运行结束' },
  'command.logs.example.last': { en: 'every step of the newest run', zh: '最新运行的全部步骤' },
  'command.logs.example.step': { en: 'one step, while it runs', zh: '某个步骤，在它执行时' },

  'command.rejects': {
    en: 'list what a run did not take, masked or skipped: file, place and reason',
    zh: '列出一次运行拒收、脱敏或跳过的内容：文件、位置和原因',
  },
  'command.rejects.example.last': { en: 'of the newest run', zh: '最新的运行' },
  'command.rejects.example.json': {
    en: 'one JSON object a line, for scripts',
    zh: '每行一个 JSON 对象，供脚本使用',
  },

  'command.no-open': { en: 'only print the path', zh: '只打印路径' },
  'command.report': {
    en: 'print the path of an evaluation report, and open it in a browser',
    zh: '打印评估报告的路径，并在浏览器中打开',
  },
  'command.report.of': {
    en: 'run or release (default: the newest run that was evaluated, gates passed or not)',
    zh: '运行或发布（默认：最新一次做过评估的运行，门槛通过与否均可）',
  },
  'command.report.example.last': {
    en: 'of the newest run: also why its gates failed',
    zh: '最新的运行：包括门槛未通过的原因',
  },
  'command.report.example.release': { en: 'of a release; prints the path alone', zh: '某个发布；只打印路径' },
  'command.curves': {
    en: 'print the path of the page with the curves of training, and open it in a browser',
    zh: '打印训练曲线页面的路径，并在浏览器中打开',
  },
  'command.curves.run': {
    en: 'id or its beginning, or `last` (default: the newest run that trained)',
    zh: '编号或其开头，或 `last`（默认：最新一次做过训练的运行）',
  },
  'command.curves.example.last': { en: 'of the newest run that trained', zh: '最新一次做过训练的运行' },
  'command.curves.example.path': { en: 'prints the path alone', zh: '只打印路径' },

  'command.lineage': {
    en: 'show what an artifact, release or source file was made from, and what was made from it',
    zh: '显示产物、发布或来源文件由什么得来，又用在了哪里',
  },
  'command.lineage.subject': {
    en: 'beginning of a digest, name of a release, or path of a source file',
    zh: '摘要的开头、发布的名称，或来源文件的路径',
  },
  'command.lineage.backwards': { en: 'only what it was made from', zh: '只看它由什么得来' },
  'command.lineage.forwards': { en: 'only what was made from it', zh: '只看它用在了哪里' },
  'command.lineage.example.release': {
    en: 'everything that went into a release',
    zh: '构成一个发布的全部内容',
  },
  'command.lineage.example.source': {
    en: 'every release that a document reached',
    zh: '用到某篇文档的全部发布',
  },

  'command.cancel': {
    en: 'stop a run, in whichever terminal it goes on',
    zh: '停止一次运行，不论它在哪个终端里进行',
  },
  'command.cancel.gone': {
    en: 'give it up: it went on at another machine, which is gone for good',
    zh: '放弃它：它在另一台再也不会回来的机器上进行',
  },
  'command.cancel.example.last': {
    en: 'the newest run; finished steps stay cached',
    zh: '最新的运行；已完成的步骤留在缓存里',
  },
  'command.cancel.example.gone': {
    en: 'one whose machine will never come back',
    zh: '所在机器再也不会回来的运行',
  },

  'command.releases': { en: 'list the releases, newest first', zh: '列出各个发布，最新的在前' },
  'command.releases.example': {
    en: 'with their figures; the live one is marked',
    zh: '连同指标；上线的那个有标记',
  },
  'command.release': { en: 'look at one release', zh: '查看一个发布' },
  'command.release-show': {
    en: 'show what a release holds, its gates, and when it was live',
    zh: '显示发布包含的内容、各项门槛，以及何时上线',
  },
  'command.release-show.name': {
    en: 'name such as r3, or the beginning of its digest',
    zh: '名称（如 r3），或摘要的开头',
  },
  'command.release-show.example': { en: 'one release in full', zh: '一个发布的全部详情' },
  'command.rollback': { en: 'make an earlier release live again', zh: '让较早的发布重新上线' },
  'command.rollback.release': {
    en: 'by default the one that was live before',
    zh: '默认为之前上线的那个',
  },
  'command.rollback.example.before': {
    en: 'to the release before; a running service swaps to it',
    zh: '回到上一个发布；正在运行的服务切换到它',
  },
  'command.rollback.example.certain': {
    en: 'to a certain one that `towpath releases` lists',
    zh: '回到 `towpath releases` 列出的某一个',
  },

  'command.verify': {
    en: 'read the whole ledger and every byte of every artifact, and say what is damaged',
    zh: '读取全部上线记录和每个产物的每个字节，并说明哪里有损坏',
  },
  'command.verify.example.code': {
    en: 'exit code 4 when something is damaged',
    zh: '有损坏时退出码为 4',
  },
  'command.repair': {
    en: 'rebuild lost or damaged records from what lies beside the artifacts',
    zh: '用产物旁边保存的内容重建丢失或损坏的记录',
  },
  'command.repair.afresh': {
    en: 'give the records up instead, and begin with r1; they are kept in .towpath/damaged',
    zh: '放弃这些记录，从 r1 重新开始；旧记录保留在 .towpath/damaged',
  },
  'command.repair.give-up': {
    en: 'record that a damaged release will not come back, which makes it no fault any more; not the live one',
    zh: '记下某个损坏的发布不会再恢复，此后不再视为问题；不能是线上发布',
  },
  'command.repair.example.plain': {
    en: 'releases, their ledger, and the results that later runs reuse',
    zh: '发布、上线记录，以及以后的运行要用的结果',
  },
  'command.repair.example.afresh': {
    en: 'begin anew with the artifacts that are there',
    zh: '用现有的产物重新开始',
  },
  'command.repair.example.give-up': {
    en: 'when no backup has what of r3 is damaged',
    zh: '没有备份能找回 r3 的损坏部分时',
  },
  'command.backup': {
    en: 'copy the records and the artifacts into a folder, also while a run or a service goes on',
    zh: '把记录和产物复制到一个文件夹，运行或服务进行时也可以',
  },
  'command.backup.folder': {
    en: 'new, or that of an earlier backup: what it holds already is not copied again',
    zh: '新文件夹，或先前备份所用的文件夹：其中已有的内容不再复制',
  },
  'command.backup.example': {
    en: 'restore it by copying it to .towpath',
    zh: '要恢复时，把它复制到 .towpath',
  },
});
